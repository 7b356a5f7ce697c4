"""Plays the kubelet of all nodes for the pods labelled nitro.k8s.anjuna.io/managed=yes.

Each gets an address of its own in 127.0.0.0/8, an enclave (a /proc whose load is chosen), a real
agent and a real launcher, and the status that a kubelet would report. No containers, no node.

What cases may change, below the folder of the control plane:
  loads/NAMESPACE/NAME          "CPU MEMORY", each from 0 to 1: the load of a pod's enclave, or of
                                all enclaves of its Deployment or StatefulSet
  pods/NAMESPACE/POD/           PROCESS.pid to kill one, PROCESS.log to see what it said, address
"""

import argparse
import itertools
import sys
import threading
import time
from pathlib import Path

from api import Api
from pod import Pod

CYCLE_S = 0.25
TICK_S = 0.1


def addresses():
    """127.0.1.1 and so on: none twice, so that nothing answers for a pod that is gone."""
    return (f"127.0.{i // 250 + 1}.{i % 250 + 1}" for i in itertools.count())


class Kubelet:
    def __init__(self, api, folder):
        self.api = api
        self.folder = folder
        self.addresses = addresses()
        self.pods = {}  # by uid; replaced, never changed, since two threads see it

    def cycle(self):
        """Makes what runs the same as what the API server has."""
        wanted = {
            pod["metadata"]["uid"]: pod
            for pod in self.api.managed_pods()
            if "deletionTimestamp" not in pod["metadata"]
        }
        for uid in self.pods.keys() - wanted.keys():
            self.pods[uid].stop()
        kept = {uid: pod for uid, pod in self.pods.items() if uid in wanted}
        new = {
            uid: Pod(wanted[uid], next(self.addresses), self.folder)
            for uid in wanted.keys() - self.pods.keys()
        }
        self.pods = kept | new
        for pod in self.pods.values():
            status = pod.changed_status()
            if status is not None:
                self.api.patch_status(pod.namespace, pod.name, status)

    def advance_enclaves(self):
        while True:
            for pod in self.pods.values():
                pod.enclave.advance(time.monotonic())
            time.sleep(TICK_S)

    def run(self):
        threading.Thread(target=self.advance_enclaves, daemon=True).start()
        while True:
            try:
                self.cycle()
            except OSError as failure:  # the API server's; the next cycle finds what this one left
                print(f"kubelet: {failure}", file=sys.stderr, flush=True)
            time.sleep(CYCLE_S)


def main():
    parser = argparse.ArgumentParser(prog="kubelet", description=__doc__.splitlines()[0])
    parser.add_argument("--dir", type=Path, required=True, help="the control plane's folder")
    parser.add_argument("--pki", type=Path, required=True, help="has cluster-ca.crt, admin.crt and admin.key")
    parser.add_argument("--server", required=True, help="https://HOST:PORT of the API server")
    options = parser.parse_args()
    Kubelet(Api(options.server, options.pki), options.dir).run()


main()
