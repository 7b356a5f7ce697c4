"""Simulates an enclave for an agent: a /proc whose counters grow with a configurable load."""

from pathlib import Path

CORES = 2
TICKS_PER_S = 100
MEMORY_KB = 1 << 20
DEFAULT_LOAD = (0.2, 0.3)

# Numbers have a constant number of digits, so that each text is as long as the previous one and
# overwrites it in one write: the agent keeps the files open, as it does with the kernel's.
FIRST_TICKS = 1_000_000_000
STAT = "cpu  {0} 0 0 {1} 0 0 0 0 0 0\n"
CORE = "cpu{2} {0} 0 0 {1} 0 0 0 0 0 0\n"
REST = "intr 0\nctxt 0\nbtime 1700000000\nprocesses 1\nprocs_running 1\nprocs_blocked 0\n"
MEMINFO = "MemTotal:       {0:8} kB\nMemFree:        {1:8} kB\nMemAvailable:   {1:8} kB\n" + "".join(
    f"{name + ':':16}       0 kB\n"
    for name in ("Buffers", "Cached", "Active(file)", "Inactive(file)", "Shmem", "SReclaimable")
)
MOUNTS = "rootfs / rootfs rw,size=524288k 0 0\nproc /proc proc rw,relatime 0 0\n"
PRESSURE = "".join(f"{who} avg10=0.00 avg60=0.00 avg300=0.00 total=0\n" for who in ("some", "full"))


class Enclave:
    """An enclave that reads its load at each step, from the first of the files that exists."""

    def __init__(self, proc, load_files):
        self.load_files = load_files
        self.busy = 0.0  # of one core, in ticks
        self.idle = 0.0
        self.last_s = None
        (proc / "self").mkdir(parents=True)
        (proc / "self/mounts").write_text(MOUNTS)
        (proc / "vmstat").write_text("oom_kill 0\n")
        (proc / "sys/fs").mkdir(parents=True)
        (proc / "sys/fs/file-nr").write_text("64\t0\t65536\n")
        (proc / "pressure").mkdir()
        for resource in ("cpu", "memory", "io"):
            (proc / "pressure" / resource).write_text(PRESSURE)
        self.stat, self.meminfo = proc / "stat", proc / "meminfo"
        self.stat.touch()
        self.meminfo.touch()
        self.write(DEFAULT_LOAD[1])

    def load(self):
        for file in self.load_files:
            try:
                cpu, memory = Path(file).read_text().split()
                return float(cpu), float(memory)
            except (FileNotFoundError, ValueError):
                continue  # missing or partially written; the next step reads it again
        return DEFAULT_LOAD

    def advance(self, now_s):
        cpu, memory = self.load()
        if self.last_s is not None:
            ticks = (now_s - self.last_s) * TICKS_PER_S
            self.busy += ticks * cpu
            self.idle += ticks * (1 - cpu)
        self.last_s = now_s
        self.write(memory)

    def write(self, memory):
        busy, idle = (FIRST_TICKS + int(ticks) for ticks in (self.busy, self.idle))
        stat = STAT.format(busy * CORES, idle * CORES)
        stat += "".join(CORE.format(busy, idle, core) for core in range(CORES))
        overwrite(self.stat, stat + REST)
        free = round(MEMORY_KB * (1 - memory))
        overwrite(self.meminfo, MEMINFO.format(MEMORY_KB, free))


def overwrite(path, text):
    with open(path, "r+b", buffering=0) as file:
        file.write(text.encode())
