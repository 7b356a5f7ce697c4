"""The requests that a kubelet makes to an API server."""

import http.client
import json
import ssl
import urllib.parse

TIMEOUT_S = 10


class NotFound(OSError):
    pass


class Api:
    def __init__(self, server, pki):
        context = ssl.create_default_context(cafile=pki / "cluster-ca.crt")
        context.load_cert_chain(pki / "admin.crt", pki / "admin.key")
        self.address = urllib.parse.urlsplit(server)
        self.connection = http.client.HTTPSConnection(
            self.address.hostname, self.address.port, context=context, timeout=TIMEOUT_S
        )

    def pods(self):
        return self.request("GET", "/api/v1/pods")["items"]

    def get(self, namespace, resource, name):
        return self.request("GET", f"/api/v1/namespaces/{namespace}/{resource}/{name}")

    def endpoint_slices(self):
        return self.request("GET", "/apis/discovery.k8s.io/v1/endpointslices")["items"]

    def patch_status(self, namespace, name, status):
        """Updates the status of the pod; does nothing if the pod no longer exists."""
        path = f"/api/v1/namespaces/{namespace}/pods/{name}/status"
        self.request("PATCH", path, {"status": status}, may_be_gone=True)

    def create_node(self, name):
        metadata = {"name": name, "labels": {"kubernetes.io/os": "linux", "kubernetes.io/hostname": name}}
        self.request("POST", "/api/v1/nodes", {"apiVersion": "v1", "kind": "Node", "metadata": metadata})

    def bind(self, namespace, name, node):
        target = {"apiVersion": "v1", "kind": "Node", "name": node}
        body = {"apiVersion": "v1", "kind": "Binding", "metadata": {"name": name}, "target": target}
        self.request("POST", f"/api/v1/namespaces/{namespace}/pods/{name}/binding", body)

    def delete_ended(self, namespace, name, uid):
        """Removes a terminating pod from the API server, as a kubelet does when its processes have ended."""
        body = {"gracePeriodSeconds": 0, "preconditions": {"uid": uid}}
        self.request("DELETE", f"/api/v1/namespaces/{namespace}/pods/{name}", body, may_be_gone=True)

    def token(self, metadata, account, spec):
        """Returns a token of the service account that is valid only while the pod exists, and its lifetime
        in seconds."""
        pod = {"apiVersion": "v1", "kind": "Pod", "name": metadata["name"], "uid": metadata["uid"]}
        wanted = {"boundObjectRef": pod, "expirationSeconds": spec.get("expirationSeconds", 3600)}
        if "audience" in spec:
            wanted["audiences"] = [spec["audience"]]
        path = f"/api/v1/namespaces/{metadata['namespace']}/serviceaccounts/{account}/token"
        body = {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": wanted}
        answer = self.request("POST", path, body)
        return answer["status"]["token"], answer["spec"]["expirationSeconds"]

    def request(self, method, path, body=None, may_be_gone=False):
        form = "application/merge-patch+json" if method == "PATCH" else "application/json"
        headers = {"Content-Type": form} if body else {}
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
        if answer.status == 404:
            if may_be_gone:
                return None
            raise NotFound(f"{method} {path} must answer 200, found 404: {text[:500]!r}")
        if answer.status not in (200, 201):
            raise OSError(f"{method} {path} must answer 200, found {answer.status}: {text[:500]!r}")
        return json.loads(text)
