package dev.stagewright.stage.mount;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The size of a directory when it was measured.
 *
 * @param name raw name
 * @param seconds time of the last change of its entries, seconds since 1970
 * @param nanos nanoseconds after that second; {@link #UNSETTLED} if the entries may have changed
 *     later without changing the time
 * @param bytes size of the directory and its files, without its subdirectories
 * @param children subdirectories
 */
record DirectorySize(
    String name, long seconds, int nanos, long bytes, List<DirectorySize> children) {
  static final int UNSETTLED = -1;

  /** The size with all subdirectories. */
  long total() {
    var sum = bytes;
    for (var child : children) {
      sum += child.total();
    }
    return sum;
  }

  void write(DataOutputStream out) throws IOException {
    out.writeUTF(name);
    out.writeLong(seconds);
    out.writeInt(nanos);
    out.writeLong(bytes);
    out.writeInt(children.size());
    for (var child : children) {
      child.write(out);
    }
  }

  static DirectorySize read(DataInputStream in) throws IOException {
    var name = in.readUTF();
    var seconds = in.readLong();
    var nanos = in.readInt();
    var bytes = in.readLong();
    var children = new ArrayList<DirectorySize>();
    for (var count = in.readInt(); count > 0; count--) {
      children.add(read(in));
    }
    return new DirectorySize(name, seconds, nanos, bytes, List.copyOf(children));
  }
}
