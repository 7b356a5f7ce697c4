"""A pod's volumes as folders, with symbolic links as of a kubelet: an update replaces all files at once."""

import base64
import itertools
import os
import time

KINDS = "secret, configMap, downwardAPI and serviceAccountToken"
RENEWED_AFTER = 0.8  # of a token's lifetime, as by a kubelet


class UnknownSource(Exception):
    pass


class Volumes:
    """The volumes of a pod, without hostPath volumes, since there is no node."""

    def __init__(self, api, pod, folder):
        self.api = api
        self.metadata, self.spec = pod["metadata"], pod["spec"]
        self.folder = folder
        self.files = {}  # by the volume's name
        self.tokens = {}  # each with the time to renew it, by audience and lifetime
        self.numbers = itertools.count()
        self.volumes = [v for v in self.spec.get("volumes", []) if "hostPath" not in v]
        for volume in self.volumes:
            self.path(volume["name"]).mkdir(parents=True)
        self.refresh()

    def path(self, name):
        return self.folder / name

    def mounts(self, container):
        """Returns the mounts of a container: folders by their paths in it."""
        names = {volume["name"] for volume in self.volumes}
        return {
            mount["mountPath"]: self.path(mount["name"])
            for mount in container.get("volumeMounts", [])
            if mount["name"] in names
        }

    def refresh(self):
        """Updates the files whose source, such as a Secret, has changed."""
        for volume in self.volumes:
            name = volume["name"]
            files = self.content(volume)
            if files is not None and files != self.files.get(name):
                self.write(self.path(name), files)
                self.files[name] = files

    def content(self, volume):
        """Returns the bytes of each file, or None for a volume that containers fill."""
        if "emptyDir" in volume:
            return None
        name = volume["name"]
        if "projected" not in volume:
            return self.source(name, volume, "secretName")
        files = {}
        for source in volume["projected"]["sources"]:
            files |= self.source(name, source, "name")
        return files

    def source(self, volume, source, secret_name):
        namespace = self.metadata["namespace"]
        if "secret" in source:
            found = self.api.get(namespace, "secrets", source["secret"][secret_name])
            files = {key: base64.b64decode(value) for key, value in found.get("data", {}).items()}
            return chosen(files, source["secret"])
        if "configMap" in source:
            found = self.api.get(namespace, "configmaps", source["configMap"]["name"])
            files = {key: value.encode() for key, value in found.get("data", {}).items()}
            return chosen(files, source["configMap"])
        if "downwardAPI" in source:  # the namespace of the service account
            fields = {i["path"]: i["fieldRef"]["fieldPath"] for i in source["downwardAPI"]["items"]}
            return {path: self.metadata[field.removeprefix("metadata.")].encode() for path, field in fields.items()}
        if "serviceAccountToken" in source:
            wanted = source["serviceAccountToken"]
            return {wanted["path"]: self.token(wanted).encode()}
        found = ", ".join(source.keys() - {"name"})
        raise UnknownSource(
            f"its volume {volume} must have sources of the kinds {KINDS}, found {found};"
            " use one of these, or add the other to kubelet/volumes.py"
        )

    def token(self, wanted):
        key = wanted.get("audience"), wanted.get("expirationSeconds")
        token, renewed_at_s = self.tokens.get(key, ("", 0))
        now_s = time.monotonic()
        if now_s >= renewed_at_s:
            token, life_s = self.api.token(self.metadata, self.spec["serviceAccountName"], wanted)
            self.tokens[key] = token, now_s + RENEWED_AFTER * life_s
        return token

    def write(self, folder, files):
        data = folder / f"..{next(self.numbers)}"
        data.mkdir()
        for name, content in files.items():
            (data / name).write_bytes(content)
        link = folder / "..data_tmp"
        link.symlink_to(data.name)
        os.rename(link, folder / "..data")
        for name in files:
            if not (folder / name).is_symlink():
                (folder / name).symlink_to(f"..data/{name}")


def chosen(files, source):
    if "items" not in source:
        return files
    return {item["path"]: files[item["key"]] for item in source["items"]}
