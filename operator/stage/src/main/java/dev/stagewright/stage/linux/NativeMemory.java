package dev.stagewright.stage.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Memory outside of the Java heap, for arguments and results of system calls. Numbers have the byte
 * order of the machine. All accesses are checked.
 */
final class NativeMemory {
  private final ByteBuffer bytes;
  private final long address;

  private NativeMemory(ByteBuffer bytes, long address) {
    this.bytes = bytes.order(ByteOrder.nativeOrder());
    this.address = address;
  }

  /** Allocates memory, which exists as long as the returned object or a part of it. */
  static NativeMemory allocate(int size) {
    var bytes = ByteBuffer.allocateDirect(size);
    return new NativeMemory(bytes, NativeLibrary.address(bytes));
  }

  /** The memory of this process at an address. */
  static NativeMemory at(long address, long size) {
    return new NativeMemory(NativeLibrary.memory(address, size), address);
  }

  long address() {
    return address;
  }

  int size() {
    return bytes.capacity();
  }

  /** A part of the memory. */
  NativeMemory part(long start, long size) {
    var offset = Math.toIntExact(start);
    return new NativeMemory(bytes.slice(offset, Math.toIntExact(size)), address + offset);
  }

  /** The part from an offset to the end. */
  NativeMemory from(long start) {
    return part(start, size() - start);
  }

  byte getByte(long at) {
    return bytes.get(Math.toIntExact(at));
  }

  short getShort(long at) {
    return bytes.getShort(Math.toIntExact(at));
  }

  int getInt(long at) {
    return bytes.getInt(Math.toIntExact(at));
  }

  long getLong(long at) {
    return bytes.getLong(Math.toIntExact(at));
  }

  void putByte(long at, byte value) {
    bytes.put(Math.toIntExact(at), value);
  }

  void putShort(long at, short value) {
    bytes.putShort(Math.toIntExact(at), value);
  }

  void putInt(long at, int value) {
    bytes.putInt(Math.toIntExact(at), value);
  }

  void putLong(long at, long value) {
    bytes.putLong(Math.toIntExact(at), value);
  }

  /** Writes a raw name with a terminating null byte to the start of the memory. */
  void putName(String raw) {
    var name = raw.getBytes(StandardCharsets.ISO_8859_1);
    bytes.put(0, name);
    bytes.put(name.length, (byte) 0);
  }

  /** Copies from an array to the start of the memory. */
  void put(byte[] from, int offset, int count) {
    bytes.put(0, from, offset, count);
  }

  /** Copies from the start of the memory to an array. */
  void get(byte[] into, int offset, int count) {
    bytes.get(0, into, offset, count);
  }

  /** Copies a part of the memory. */
  byte[] copy(long start, long size) {
    var copy = new byte[Math.toIntExact(size)];
    bytes.get(Math.toIntExact(start), copy);
    return copy;
  }

  /** Sets all bytes to zero. */
  NativeMemory clear() {
    bytes.put(0, new byte[size()]);
    return this;
  }
}
