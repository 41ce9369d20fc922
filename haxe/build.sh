#!/usr/bin/env bash
# Builds every fixture, example and benchmark to OUTDIR/<compiler version>/NAME.hl.
# Usage: build.sh [OUTDIR] [NAME...]     (HAXE=path/to/haxe, default: haxe)
set -euo pipefail

out=${1:-}
[ $# -gt 0 ] && shift
if [ -n "$out" ]; then
  mkdir -p "$out"
  out=$(cd "$out" && pwd)
fi
cd "$(dirname "${BASH_SOURCE[0]}")"
[ -n "$out" ] || out=$PWD/bin

haxe=${HAXE:-haxe}
version=$("$haxe" --version 2>&1 | tr -d '\r' | tail -n 1)
version=${version%%[+ -]*}
dest=$out/$version
mkdir -p "$dest"

only=" $* "
failed=0
built=0

# compile DIR MAINCLASS OUTNAME
compile() {
  local dir=$1 main=$2 name=$3 first flags=() log
  if [ "$only" != "  " ] && [[ "$only" != *" $name "* ]]; then return 0; fi
  first=$(head -n 1 "$dir/$main.hx")
  if [[ $first == "// requires: "* ]]; then
    local need=${first#// requires: }
    if [ "$(printf '%s\n%s\n' "$need" "$version" | sort -V | head -n 1)" != "$need" ]; then
      rm -f "$dest/$name.hl"
      return 0
    fi
    first=$(sed -n 2p "$dir/$main.hx")
  fi
  if [[ $first == "// haxe: "* ]]; then
    read -r -a flags <<< "${first#// haxe: }"
  fi
  if log=$("$haxe" -cp "$dir" -main "$main" ${flags[@]+"${flags[@]}"} -hl "$dest/$name.hl" 2>&1); then
    built=$((built + 1))
    log=$(grep -v -i haxelib <<< "$log" || true)
    [ -z "$log" ] || printf '%s: %s\n' "$name" "$log"
  else
    failed=$((failed + 1))
    printf 'FAILED %s\n%s\n' "$name" "$log" >&2
  fi
}

for f in fixtures/*.hx; do
  n=$(basename "$f" .hx)
  compile fixtures "$n" "$n"
done
for d in examples/*/; do
  n=$(basename "$d")
  compile "examples/$n" "${n^}" "$n"
done
for d in bench/*/; do
  n=$(basename "$d")
  compile "bench/$n" "${n^}" "$n"
done
for f in bench/*.hx; do
  n=$(basename "$f" .hx)
  compile bench "$n" "$n"
done

echo "haxe $version: $built built, $failed failed -> $dest"
[ "$failed" -eq 0 ]
