# shellcheck shell=bash
# Shared by the setup steps. Each step is safe to repeat: a stamp holds the hash of what the step was made from,
# and an unchanged hash means there is nothing to do.

repo=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
toolchain=${FIRN_TOOLCHAIN_DIR:-$repo/.toolchain}
# shellcheck disable=SC2034 # for the steps
stamps=$toolchain/stamps
export PATH="$toolchain/bin:$PATH"

# A Node that is not Debian's trusts its own list of authorities; the machine's may know one more.
authorities=/etc/ssl/certs/ca-certificates.crt
if [ -z "${NODE_EXTRA_CA_CERTS:-}" ] && [ -r $authorities ]; then export NODE_EXTRA_CA_CERTS=$authorities; fi

say() { printf 'setup: %s\n' "$*"; }

# Ends the script with status 2: the machine lacks something that this script must not or cannot add.
refuse() {
  printf 'setup: %s\n' "$@" >&2
  exit 2
}

# hash_of <file or ->...: one hash over the files' contents.
hash_of() { cat "$@" | sha256sum | cut -d' ' -f1; }

is_done() { [ "$(cat "$1" 2>/dev/null)" = "$2" ]; }

mark_done() {
  mkdir -p "$(dirname "$1")"
  printf '%s\n' "$2" >"$1"
}

# version_at_least <found> <wanted>
version_at_least() { printf '%s\n%s\n' "$2" "$1" | sort -V -C; }

# node_is_recent: is there a Node on PATH that Firn can use, with its npm? Older ones do not require() ES modules.
node_is_recent() {
  local version
  version=$(node --version 2>/dev/null | tr -d v) || return 1
  command -v npm >/dev/null || return 1
  case $version in
    20.*) version_at_least "$version" 20.19 ;;
    *) version_at_least "$version" 22.12 ;;
  esac
}

# as_root <command>...: runs it as root, with nobody to ask; fails where we are not root and there is no sudo.
as_root() {
  local command=(env DEBIAN_FRONTEND=noninteractive "$@")
  if [ "$(id -u)" -ne 0 ]; then command=(sudo "${command[@]}"); fi
  "${command[@]}" </dev/null
}
may_be_root() { [ "$(id -u)" -eq 0 ] || command -v sudo >/dev/null; }
