# Sourced by the comparisons: options, medians, and the table or JSON object of their rows.
# shellcheck shell=bash disable=SC2034 # used by those that source it

json=false
work=$(mktemp -d)
children=()

end_comparison() {
    trap - EXIT
    [ "${#children[@]}" -eq 0 ] || kill "${children[@]}" 2>/dev/null || true
    wait
    rm -rf "$work"
}
trap end_comparison EXIT

fail() {
    echo "${0##*/}: $1" >&2
    exit 1
}

need() { # COMMAND PACKAGE
    command -v "$1" >/dev/null || fail "$1 must be installed (Debian: apt-get install $2)"
}

# Sets json if the first argument is --json.
take_json() {
    [ "${1:-}" != --json ] || json=true
}

built() {
    local jar
    for jar in enclave-agent/target/enclave-agent.jar launcher/target/launcher.jar benchmarks/target/benchmarks.jar; do
        [ -e "$jar" ] || mvn --batch-mode --quiet -DskipTests package
    done
    # Maven may need these, but the measured processes must have only their own options.
    unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS
}

# As in the images and run-with-agent: threads share one arena, so that what they free is used again.
export MALLOC_ARENA_MAX=1

# The JDK of the images, 25 or newer, if there is one; else the one on the PATH.
java=$(docker/newest-jdk)/bin/java
launcher_options=(@launcher/target/launcher.options @docker/launcher/jdk25.options)
if ! "$java" "${launcher_options[@]}" -version 2>/dev/null; then
    java=java launcher_options=(@launcher/target/launcher.options)
fi

# Sets launcher_command: the image's if there is such a JDK, else the jar's. Call built first.
launcher_command=()
image_launcher() {
    local tree=$work/image/opt/enclave-metrics
    if [ "$java" != java ]; then
        docker/launcher/build-tree "$work/image" >/dev/null
        launcher_command=("$tree/jre/bin/java" "@$tree/launcher.options" "@$tree/jdk25.options"
            "-XX:SharedArchiveFile=$tree/launcher.jsa" "-Denclavemetrics.native.dir=$tree"
            "-Djava.library.path=$tree" -jar "$tree/launcher.jar")
    else
        launcher_command=("$java" "${launcher_options[@]}" -jar launcher/target/launcher.jar)
    fi
}

memory() { # PID FIELD: prints a field of the process's status, such as VmRSS, in MiB
    awk -v field="$2:" '$1 == field { printf "%.1f", $2 / 1024 }' "/proc/$1/status"
}

median() { # NUMBER...
    printf '%s\n' "$@" | sort -g | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
}

cpu_ns() { # PID...: prints the CPU time of all their threads so far, in ns
    local pid
    for pid; do cat "/proc/$pid/task/"*/schedstat 2>/dev/null; done | awk '{ ns += $1 } END { printf "%.0f", ns }'
}

calculate() { awk "BEGIN { print $1 }"; }

memory_in_vm() { # ARGUMENT...: runs docker/enclave-vm/run with them; fall then prints the results
    docker/enclave-vm/run --timeout=900 "$@" >"$work/memory" ||
        fail "the VM measured no memory: $(tail -n 1 "$work/memory")"
}

fall() { # NAME: prints the median in MiB
    local kib
    mapfile -t kib < <(awk -v name="$1" '$1 == name { print $2 }' "$work/memory")
    [ "${#kib[@]}" -gt 0 ] || fail "the VM measured nothing of $1: $(cat "$work/memory")"
    calculate "$(median "${kib[@]}") / 1024"
}

row() { # NAME OURS PEER UNIT [SECOND-PEER]: adds a row; PEER is - if there is none
    printf '%s\t%s\t%s\t%s\t%s\n' "$1" "$2" "$3" "$4" "${5:--}" >>"$work/rows"
}

machine() { # prints date, kernel, CPU and JDK
    echo "$(date -u +%Y-%m-%d), $(uname -sr), $(nproc) × $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1), $("$java" -version 2>&1 | sed -n '2s/.*(build \(.*\))/JDK \1/p')"
}

# Prints the rows: a table below a line about the machine, or with --json one object.
print_rows() { # OUR-COLUMN PEER-COLUMN [COLUMN OF THE SECOND PEER]
    if $json; then
        awk -F'\t' -v second="${3:-}" '
            function number(x) { return x == "-" ? "null" : x + 0 }
            function ratio(x) { return x == "-" || x == 0 ? "null" : sprintf("%.3f", $2 / x) }
            BEGIN { printf "{\"rows\":[" }
            { printf "%s{\"name\":\"%s\",\"ours\":%s,\"peer\":%s,\"ratio\":%s,", (NR > 1 ? "," : ""), $1,
                number($2), number($3), ratio($3)
              if (second != "") printf "\"secondPeer\":%s,\"secondRatio\":%s,", number($5), ratio($5)
              printf "\"unit\":\"%s\"}", $4 }
            END { print "]}" }' "$work/rows"
        return
    fi
    machine
    echo
    awk -F'\t' -v ours="$1" -v peer="$2" -v second="${3:-}" '
        function number(x) { return x == "-" ? "" : x + 0 >= 1000 ? sprintf("%.0f", x) : sprintf("%.4g", x) }
        function ratio(x) { return x == "-" || x == 0 ? "" : sprintf("%.2f", $2 / x) }
        BEGIN {
            print "| | " ours " | " peer " | Ratio | " (second == "" ? "" : second " | Ratio | ") "Unit |"
            print "|---|---|---|---|" (second == "" ? "" : "---|---|") "---|" }
        { print "| " $1 " | " number($2) " | " number($3) " | " ratio($3) " | " \
            (second == "" ? "" : number($5) " | " ratio($5) " | ") $4 " |" }' "$work/rows"
}
