package dev.stagewright.stage.details;

import dev.stagewright.stage.linux.ExtendedAttributes;
import dev.stagewright.stage.linux.FileAttributes;
import dev.stagewright.stage.linux.FileStatus;
import dev.stagewright.stage.linux.RootFileSystem;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * The metadata of a file in the stage that created it.
 *
 * @param directory whether the file is a directory; false in details of an earlier release
 * @param mode permission bits
 * @param uid owner
 * @param gid group
 * @param mtimeSeconds seconds since 1970
 * @param mtimeNanos nanoseconds after that second
 * @param sparse whether the file takes less space on disk than its size
 * @param single whether the file has no other name
 * @param attributes all extended attributes, except those of the node and of the overlay
 */
public record FileDetails(
    boolean directory,
    int mode,
    long uid,
    long gid,
    long mtimeSeconds,
    int mtimeNanos,
    boolean sparse,
    boolean single,
    Map<String, byte[]> attributes) {
  /** Prefix of the attributes of the overlay of a stage, in its upper directories. */
  private static final String OVERLAY = "user.overlay.";

  private static final int DISK_BLOCK = 512;

  /** The type of a directory as in {@code st_mode}, beside the permission bits. */
  private static final int DIRECTORY = 0040000;

  private static final int PERMISSIONS = 07777;

  /** Reads the metadata of a file. */
  static FileDetails of(FileStatus status, FileAttributes all) throws IOException {
    var attributes = new TreeMap<>(all.all());
    attributes.keySet().removeIf(name -> name.startsWith(OVERLAY));
    return new FileDetails(
        status.isDirectory(),
        status.mode(),
        status.uid(),
        status.gid(),
        status.mtimeSeconds(),
        status.mtimeNanos(),
        status.isFile() && status.blocks() * DISK_BLOCK < status.size(),
        status.links() == 1,
        attributes);
  }

  /** Applies the metadata to an existing file. */
  public void apply(RootFileSystem root, String path, FileStatus status) throws IOException {
    // The order matters: a change of the owner clears the setuid bit and the capabilities.
    if (status.uid() != uid || status.gid() != gid) {
      root.setOwner(path, uid, gid);
    }
    if (!status.isSymlink()) {
      root.setMode(path, mode);
    }
    applyAttributes(root.attributes(), path);
    root.setModified(path, mtimeSeconds, mtimeNanos);
  }

  /** Replaces the extended attributes of an existing file. */
  public void applyAttributes(ExtendedAttributes all, String path) throws IOException {
    for (var name : all.all(path).keySet()) {
      if (!attributes.containsKey(name)) {
        all.remove(path, name);
      }
    }
    for (var attribute : attributes.entrySet()) {
      all.trySet(path, attribute.getKey(), attribute.getValue());
    }
  }

  void write(DataOutputStream out) throws IOException {
    out.writeShort(directory ? mode | DIRECTORY : mode);
    out.writeInt((int) uid);
    out.writeInt((int) gid);
    out.writeLong(mtimeSeconds);
    out.writeInt(mtimeNanos);
    out.writeBoolean(sparse);
    out.writeBoolean(single);
    out.writeShort(attributes.size());
    for (var attribute : attributes.entrySet()) {
      writeText(out, attribute.getKey());
      out.writeInt(attribute.getValue().length);
      out.write(attribute.getValue());
    }
  }

  static FileDetails read(DataInputStream in) throws IOException {
    var mode = in.readUnsignedShort();
    var uid = Integer.toUnsignedLong(in.readInt());
    var gid = Integer.toUnsignedLong(in.readInt());
    var seconds = in.readLong();
    var nanos = in.readInt();
    var sparse = in.readBoolean();
    var single = in.readBoolean();
    var attributes = new TreeMap<String, byte[]>();
    for (var left = in.readUnsignedShort(); left > 0; left--) {
      var name = readText(in);
      attributes.put(name, in.readNBytes(in.readInt()));
    }
    return new FileDetails(
        (mode & DIRECTORY) != 0,
        mode & PERMISSIONS,
        uid,
        gid,
        seconds,
        nanos,
        sparse,
        single,
        attributes);
  }

  /** Writes a raw path or name. */
  static void writeText(DataOutputStream out, String raw) throws IOException {
    out.writeInt(raw.length());
    out.write(raw.getBytes(StandardCharsets.ISO_8859_1));
  }

  static String readText(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.ISO_8859_1);
  }
}
