"""The readiness probe of a container."""

import http.client
import ssl
import time

UNVERIFIED = ssl.create_default_context()
UNVERIFIED.check_hostname = False
UNVERIFIED.verify_mode = ssl.CERT_NONE

MOST_S = 1  # between two probes, even if the pod's period is longer, so that cases do not wait long


class Probe:
    """A readiness probe: ready from the first success until several failures in a row."""

    def __init__(self, container, address):
        spec = container["readinessProbe"]
        http_get = spec["httpGet"]
        self.path = http_get["path"]
        self.https = http_get.get("scheme") == "HTTPS"
        ports = {port.get("name"): port["containerPort"] for port in container.get("ports", [])}
        self.port = ports.get(http_get["port"], http_get["port"])
        self.address = address
        self.timeout_s = spec.get("timeoutSeconds", 1)
        self.period_s = min(spec.get("periodSeconds", 10), MOST_S)
        self.failures_until_not_ready = spec.get("failureThreshold", 3)
        self.failures = 0
        self.ready = False
        self.next_s = 0

    def is_ready(self):
        if time.monotonic() >= self.next_s:
            succeeded = self.succeeds()
            self.failures = 0 if succeeded else self.failures + 1
            self.ready = succeeded or (self.ready and self.failures < self.failures_until_not_ready)
            # Until the container is ready, each call probes it.
            self.next_s = time.monotonic() + (self.period_s if self.ready else 0)
        return self.ready

    def succeeds(self):
        if self.https:
            connection = http.client.HTTPSConnection(
                self.address, self.port, timeout=self.timeout_s, context=UNVERIFIED
            )
        else:
            connection = http.client.HTTPConnection(self.address, self.port, timeout=self.timeout_s)
        try:
            connection.request("GET", self.path)
            return 200 <= connection.getresponse().status < 400
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
