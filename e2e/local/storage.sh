# shellcheck shell=bash
# The file system of the cluster's state.

# ext4 without a journal does not reuse the inode of a deleted file for up to six minutes, and
# searches all such inodes whenever a file is created. Builds and tests create and delete
# files in large numbers, which then takes about ten times as long. On such a machine, the
# state is therefore on a file system of its own, in a sparse file.
STORAGE_FILE=$STATE.img
STORAGE_BYTES=$((200 << 30))

mount_storage() {
  # A running cluster, which was started before, keeps its files.
  ! mountpoint -q "$STATE" && [[ ! -d $RUN ]] && lacks_journal || return 0
  require_packages mkfs.ext4=e2fsprogs losetup=mount
  if [[ ! -f $STORAGE_FILE ]]; then
    truncate -s "$STORAGE_BYTES" "$STORAGE_FILE.new"
    mkfs.ext4 -q -F -m 0 -J size=128 "$STORAGE_FILE.new"
    mv "$STORAGE_FILE.new" "$STORAGE_FILE"
  fi
  local device
  # Without direct I/O, the page cache would contain every file twice.
  if device=$(losetup --find --show --direct-io=on "$STORAGE_FILE" 2>/dev/null) &&
    rm -rf "$STATE" && mkdir -p "$STATE" && mount -o noatime,discard "$device" "$STATE"; then
    # The device disappears with the mount.
    losetup --detach "$device"
    return 0
  fi
  [[ -z $device ]] || losetup --detach "$device"
  say "no loop device for $STORAGE_FILE: creating and deleting files will be slow on this machine"
}

# lacks_journal: whether the state would be on ext4 without a journal
lacks_journal() {
  mkdir -p "$STATE"
  local device type
  read -r device type < <(findmnt --noheadings --output SOURCE,FSTYPE --target "$STATE")
  [[ $type == ext4 ]] && ! compgen -G "/proc/fs/jbd2/${device##*/}-*" >/dev/null
}

# unmount_storage [--purge]
unmount_storage() {
  ! mountpoint -q "$STATE" || umount "$STATE" 2>/dev/null || umount --lazy "$STATE"
  [[ ${1:-} != --purge ]] || rm -f "$STORAGE_FILE"
}
