/**
 * The public contract: the names and rules that users' manifests contain and that all parts share.
 * Label and annotations of Pods and HPAs, the names of the two metrics, and the rule for the port.
 *
 * <p>No dependencies. The agent does not need it: enclave-agent.jar is built without this package.
 */
@NullMarked
package dev.enclavemetrics.contract;

import org.jspecify.annotations.NullMarked;
