/**
 * Which enclave to dial: an address that is given, one that nitro-cli finds, or one that the
 * launcher starts, watches and terminates.
 *
 * <pre>
 *   EnclaveAddress → EnclaveLocator
 *     Fixed            the endpoint itself
 *     Nitro            NitroLocator        ┐
 *     Launched         EnclaveSupervisor   ┘→ NitroCli → NitroCliProcess
 *                                             answers    processes
 * </pre>
 *
 * <p>{@link dev.enclavemetrics.launcher.nitro.EnclaveAddress#locator} is the entry point.
 */
@NullMarked
package dev.enclavemetrics.launcher.nitro;

import org.jspecify.annotations.NullMarked;
