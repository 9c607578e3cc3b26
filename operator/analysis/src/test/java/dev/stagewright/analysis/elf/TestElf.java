package dev.stagewright.analysis.elf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes small ELF files, so that no test needs a compiler. */
public final class TestElf {
  private static final long BASE = 0x400000;

  private final boolean wide;
  private final ByteOrder order;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final ByteArrayOutputStream strings = new ByteArrayOutputStream();
  private final List<long[]> segments = new ArrayList<>();
  private final List<long[]> dynamic = new ArrayList<>();
  private final Map<String, byte[]> sections = new LinkedHashMap<>();
  private int type = 2;
  private int machine = 62;

  private TestElf(int bits, ByteOrder order) {
    this.wide = bits == 64;
    this.order = order;
    strings.write(0);
    // The header, and room for ten program headers.
    body.writeBytes(new byte[wide ? 64 + 10 * 56 : 52 + 10 * 32]);
  }

  /** A program for x86-64. */
  public static TestElf program() {
    return new TestElf(64, ByteOrder.LITTLE_ENDIAN);
  }

  /** A file of any class and byte order. */
  public static TestElf of(int bits, ByteOrder order) {
    return new TestElf(bits, order);
  }

  /** A shared library, or a position-independent program. */
  public TestElf shared() {
    type = 3;
    return this;
  }

  /** Sets {@code e_machine}. */
  public TestElf machine(int to) {
    machine = to;
    return this;
  }

  /** Sets the program interpreter. */
  public TestElf interpreter(String path) {
    return segment(3, (path + "\0").getBytes(StandardCharsets.ISO_8859_1), 1);
  }

  /** Adds a needed library. */
  public TestElf needed(String name) {
    return dynamic(1, name);
  }

  /** Sets the name of the library. */
  public TestElf soname(String name) {
    return dynamic(14, name);
  }

  /** Sets the search path. */
  public TestElf rpath(String path) {
    return dynamic(15, path);
  }

  /** Sets the search path. */
  public TestElf runpath(String path) {
    return dynamic(29, path);
  }

  private TestElf dynamic(int tag, String text) {
    dynamic.add(new long[] {tag, string(text)});
    return this;
  }

  private int string(String text) {
    var at = strings.size();
    strings.writeBytes((text + "\0").getBytes(StandardCharsets.ISO_8859_1));
    return at;
  }

  /** Needs versions of symbols of a library; those that end with {@code ?} weakly. */
  public TestElf needsVersions(String library, String... versions) {
    var table = buffer(16 + versions.length * 16);
    table.putShort((short) 1).putShort((short) versions.length).putInt(string(library));
    table.putInt(16).putInt(0);
    for (var i = 0; i < versions.length; i++) {
      var weak = versions[i].endsWith("?");
      var name = weak ? versions[i].substring(0, versions[i].length() - 1) : versions[i];
      table.putInt(0).putShort((short) (weak ? 2 : 0)).putShort((short) 2);
      table.putInt(string(name)).putInt(i + 1 < versions.length ? 16 : 0);
    }
    dynamic.add(new long[] {0x6ffffffeL, BASE + add(content(table))});
    return this;
  }

  /** Defines versions of symbols; the first one is the name of the library. */
  public TestElf definesVersions(String... versions) {
    var table = buffer(versions.length * 28);
    for (var i = 0; i < versions.length; i++) {
      table.putShort((short) 1).putShort((short) (i == 0 ? 1 : 0)).putShort((short) (i + 1));
      table.putShort((short) 1).putInt(0).putInt(20).putInt(i + 1 < versions.length ? 28 : 0);
      table.putInt(string(versions[i])).putInt(0);
    }
    dynamic.add(new long[] {0x6ffffffcL, BASE + add(content(table))});
    return this;
  }

  /** Adds a note that says which levels of x86-64 the program needs, one bit for each. */
  public TestElf isaNeeded(int levels) {
    var align = wide ? 8 : 4;
    var note = buffer(16 + 8 + align);
    note.putInt(4).putInt(8 + align).putInt(5).put(new byte[] {'G', 'N', 'U', 0});
    note.putInt(0xc0008002).putInt(4).putInt(levels);
    return segment(4, content(note), align);
  }

  /** Adds the build id of Go. */
  public TestElf goBuildId() {
    var note = buffer(20);
    note.putInt(4).putInt(4).putInt(4).put(new byte[] {'G', 'o', 0, 0}).putInt(7);
    return segment(4, content(note), 4);
  }

  /** Adds content. */
  public TestElf content(String text) {
    add(text.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  /** Adds content. */
  public TestElf content(byte[] bytes) {
    add(bytes);
    return this;
  }

  /** Adds a section. */
  public TestElf section(String name, byte[] content) {
    sections.put(name, content);
    return this;
  }

  private TestElf segment(int segmentType, byte[] content, int align) {
    var at = add(content);
    segments.add(new long[] {segmentType, at, content.length, align});
    return this;
  }

  private int add(byte[] content) {
    while (body.size() % 8 != 0) {
      body.write(0);
    }
    var at = body.size();
    body.writeBytes(content);
    return at;
  }

  private ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(order);
  }

  private static byte[] content(ByteBuffer buffer) {
    var content = new byte[buffer.capacity()];
    buffer.get(0, content);
    return content;
  }

  private void word(ByteBuffer to, long value) {
    if (wide) {
      to.putLong(value);
    } else {
      to.putInt((int) value);
    }
  }

  /** The file. */
  public byte[] bytes() {
    if (!dynamic.isEmpty()) {
      addDynamic();
    }
    segments.addFirst(new long[] {1, 0, body.size(), 4096});
    var sectionsAt = sections.isEmpty() ? 0 : addSections();
    var file = ByteBuffer.wrap(body.toByteArray()).order(order);
    file.put(new byte[] {0x7f, 'E', 'L', 'F', (byte) (wide ? 2 : 1)});
    file.put((byte) (order == ByteOrder.LITTLE_ENDIAN ? 1 : 2)).put((byte) 1).position(16);
    file.putShort((short) type).putShort((short) machine).putInt(1);
    word(file, BASE);
    word(file, wide ? 64 : 52);
    word(file, sectionsAt);
    file.putInt(0).putShort((short) (wide ? 64 : 52)).putShort((short) (wide ? 56 : 32));
    file.putShort((short) segments.size()).putShort((short) (wide ? 64 : 40));
    var count = sections.isEmpty() ? 0 : sections.size() + 2;
    file.putShort((short) count).putShort((short) (count == 0 ? 0 : count - 1));
    segments.forEach(segment -> writeSegment(file, segment));
    return file.array();
  }

  private void addDynamic() {
    dynamic.add(new long[] {5, BASE + add(strings.toByteArray())});
    dynamic.add(new long[] {0, 0});
    var table = buffer(dynamic.size() * (wide ? 16 : 8));
    for (var entry : dynamic) {
      word(table, entry[0]);
      word(table, entry[1]);
    }
    segment(2, content(table), 8);
  }

  private void writeSegment(ByteBuffer file, long[] segment) {
    file.putInt((int) segment[0]);
    if (wide) {
      file.putInt(4);
    }
    word(file, segment[1]);
    word(file, BASE + segment[1]);
    word(file, BASE + segment[1]);
    word(file, segment[2]);
    word(file, segment[2]);
    if (!wide) {
      file.putInt(4);
    }
    word(file, segment[3]);
  }

  private int addSections() {
    var names = new ByteArrayOutputStream();
    var table = buffer((sections.size() + 2) * (wide ? 64 : 40));
    table.position(wide ? 64 : 40);
    names.write(0);
    sections.forEach((name, content) -> {
      var nameAt = names.size();
      names.writeBytes((name + "\0").getBytes(StandardCharsets.ISO_8859_1));
      writeSection(table, nameAt, name.equals(".symtab") ? 2 : 1, add(content), content.length);
    });
    var nameAt = names.size();
    names.writeBytes(".shstrtab\0".getBytes(StandardCharsets.ISO_8859_1));
    writeSection(table, nameAt, 3, add(names.toByteArray()), names.size());
    return add(content(table));
  }

  private void writeSection(ByteBuffer table, int name, int sectionType, long at, long size) {
    table.putInt(name).putInt(sectionType);
    word(table, 0);
    word(table, 0);
    word(table, at);
    word(table, size);
    // The names of the symbols are in the section behind the symbol table.
    table.putInt(sectionType == 2 ? indexOfNames() : 0).putInt(0);
    word(table, 1);
    word(table, 0);
  }

  private int indexOfNames() {
    return List.copyOf(sections.keySet()).indexOf(".symtab") + 2;
  }
}
