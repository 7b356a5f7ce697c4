"""The two requests that a kubelet needs of an API server."""

import http.client
import json
import ssl
import urllib.parse

PODS = "/api/v1/pods?labelSelector=" + urllib.parse.quote("nitro.k8s.anjuna.io/managed=yes")
TIMEOUT_S = 10


class Api:
    def __init__(self, server, pki):
        context = ssl.create_default_context(cafile=pki / "cluster-ca.crt")
        context.load_cert_chain(pki / "admin.crt", pki / "admin.key")
        address = urllib.parse.urlsplit(server)
        self.connection = http.client.HTTPSConnection(
            address.hostname, address.port, context=context, timeout=TIMEOUT_S
        )

    def managed_pods(self):
        return self.request("GET", PODS)["items"]

    def patch_status(self, namespace, name, status):
        """Of a pod that is gone meanwhile there is nothing to say."""
        path = f"/api/v1/namespaces/{namespace}/pods/{name}/status"
        self.request("PATCH", path, {"status": status}, may_be_gone=True)

    def request(self, method, path, body=None, may_be_gone=False):
        headers = {"Content-Type": "application/merge-patch+json"} if body else {}
        try:
            self.connection.request(method, path, json.dumps(body) if body else None, headers)
            answer = self.connection.getresponse()
            text = answer.read()
        except http.client.HTTPException as failure:
            self.connection.close()
            raise OSError(f"{method} {path}: {failure!r}") from failure
        except OSError:
            self.connection.close()  # the next request opens it again
            raise
        if answer.status == 404 and may_be_gone:
            return None
        if answer.status != 200:
            raise OSError(f"{method} {path} must answer 200, found {answer.status}: {text[:500]!r}")
        return json.loads(text)
