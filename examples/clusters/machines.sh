#!/bin/sh
# Encodes on many machines that share a folder, with nothing but ssh and the tool: each input goes to the
# machine whose turn it is. What was killed goes on when this is started again.
#
#     machines.sh "host1 host2 host3" /shared/corpus/*.jsonl.zst
#
# Each input gets a folder of shards beside it.
set -eu
hosts=$1
shift
count=0
for host in $hosts; do count=$((count + 1)); done
turn=0
for host in $hosts; do
  number=0
  for input; do
    [ $((number % count)) -ne $turn ] ||
      echo "tok encode -v o200k_base --jsonl text --to llm.c --shards '$input.shards' '$input'"
    number=$((number + 1))
  done | ssh "$host" "sh -eu" &
  turn=$((turn + 1))
done
wait
