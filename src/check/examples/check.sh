#!/bin/sh
# For any CI that looks at the exit code: 0 every rule holds, 1 one fails, more: the check itself could not be done.
#   sh check.sh run1.trace run2.trace
set -u
here=$(dirname "$0")
npx ftrail check "$@" --rules "$here/rules.yaml" --junit check.xml --markdown check.md
code=$?
case $code in
  0) echo 'the traces are as they should be' ;;
  1) echo 'a rule fails; see check.md' ;;
  *) echo "the check could not be done ($code)" ;;
esac
exit "$code"
