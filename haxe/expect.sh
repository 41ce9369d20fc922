#!/usr/bin/env bash
# Runs every built fixture, example and benchmark on HashLink and stores what it gives in expected/.
# Usage: expect.sh [NAME...]     (HL=path/to/hl, default: hl; BIN=dir with the built files)
#
# NAME.out   standard output
# NAME.err   standard error    (only if not empty)
# NAME.code  exit code         (only if not 0)
# If the compiler versions disagree: NAME.<version>.out, .err, .code
# fixtures/NAME.args, one argument per line, gives command line arguments.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
hl=${HL:-hl}
bin=${BIN:-bin}
mkdir -p expected
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

mapfile -t versions < <(ls "$bin" | sort -V)
if [ $# -gt 0 ]; then
  names=("$@")
else
  mapfile -t names < <(ls "$bin"/*/*.hl | xargs -n 1 basename | sed 's/\.hl$//' | sort -u)
fi

bad=0
for n in "${names[@]}"; do
  args=()
  if [ -f "fixtures/$n.args" ]; then mapfile -t args < "fixtures/$n.args"; fi
  found=()
  for v in "${versions[@]}"; do
    [ -f "$bin/$v/$n.hl" ] || continue
    found+=("$v")
    code=0
    timeout 120 "$hl" "$bin/$v/$n.hl" ${args[@]+"${args[@]}"} > "$tmp/$n.$v.out" 2> "$tmp/$n.$v.err" < /dev/null || code=$?
    if [ "$code" -ge 124 ]; then echo "$n ($v): exit code $code" >&2; bad=1; fi
    echo "$code" > "$tmp/$n.$v.code"
  done
  rm -f "expected/$n".{out,err,code} "expected/$n".[0-9]*.{out,err,code}
  for kind in out err code; do
    same=1
    for v in "${found[@]}"; do
      cmp -s "$tmp/$n.${found[0]}.$kind" "$tmp/$n.$v.$kind" || same=0
    done
    store() { # FROM TO
      case $kind in
        out) cp "$1" "$2" ;;
        err) if [ -s "$1" ]; then cp "$1" "$2"; fi ;;
        code) if [ "$(cat "$1")" != 0 ]; then cp "$1" "$2"; fi ;;
      esac
    }
    if [ "$same" = 1 ]; then
      store "$tmp/$n.${found[0]}.$kind" "expected/$n.$kind"
    else
      echo "$n: $kind differs between ${found[*]}" >&2
      for v in "${found[@]}"; do store "$tmp/$n.$v.$kind" "expected/$n.$v.$kind"; done
    fi
  done
done
exit $bad
