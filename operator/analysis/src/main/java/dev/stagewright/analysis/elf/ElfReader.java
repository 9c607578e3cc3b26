package dev.stagewright.analysis.elf;

import dev.stagewright.analysis.content.FileParts;
import dev.stagewright.analysis.content.StreamSearch;
import dev.stagewright.analysis.content.StringPool;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Reads an ELF file from a stream. It keeps the beginning and the tables that the headers refer to,
 * and looks for {@link Mentions} in all of it.
 *
 * <p>Damaged and hostile files are read as far as they make sense: a position outside of what is
 * kept reads as 0, and every list has a limit. {@link ElfFile.Content#complete} tells it.
 */
public final class ElfReader {
  /** How much of a file is kept; larger than the texts and tables of all but giant programs. */
  static final int HEAD = 16 << 20;

  /** Headers are in the first page, also in files that {@code patchelf} has changed. */
  private static final int FIRST = 1 << 16;

  /** The names of sections are before the section headers. */
  private static final int SECTION_NAMES = 1 << 16;

  private static final int MAX_TABLE = 1 << 20;

  private final StringPool pool;
  private final FileParts parts = new FileParts(HEAD, 0);
  private final StreamSearch search = new StreamSearch(Mentions.SEARCH);
  private boolean started;

  /**
   * Reads a new file.
   *
   * @param pool shares names between files
   */
  public ElfReader(StringPool pool) {
    this.pool = pool;
  }

  /** Reads a whole stream; empty if it is not an ELF file. */
  public static Optional<ElfFile> read(InputStream in) throws IOException {
    var reader = new ElfReader(new StringPool());
    var buffer = new byte[FIRST];
    for (var count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      reader.append(buffer, 0, count);
    }
    return reader.finish();
  }

  /** Whether a file with this beginning can be an ELF file. */
  public static boolean isElf(byte[] head, int count) {
    return count >= 4 && head[0] == 0x7f && head[1] == 'E' && head[2] == 'L' && head[3] == 'F';
  }

  /** Adds the next bytes of the file. */
  public void append(byte[] bytes, int offset, int count) {
    parts.append(bytes, offset, count);
    search.append(bytes, offset, count);
    if (!started && parts.length() >= FIRST) {
      started = true;
      keepTables();
    }
  }

  /** Keeps the tables that are behind the beginning. */
  private void keepTables() {
    var found = ElfHeaders.read(parts);
    if (found.isEmpty()) {
      return;
    }
    var headers = found.get();
    headers.segments().stream()
        .filter(segment ->
            segment.type() == ElfHeaders.PT_DYNAMIC
                || segment.type() == ElfHeaders.PT_INTERP
                || segment.type() == ElfHeaders.PT_NOTE)
        .limit(16)
        .forEach(segment -> parts.keep(segment.offset(), Math.min(segment.size(), MAX_TABLE)));
    var sections = headers.sectionHeaders();
    if (sections > 0) {
      var names = Math.max(0, sections - SECTION_NAMES);
      var size = (long) headers.sectionCount() * headers.sectionHeaderSize();
      parts.keep(names, sections - names + Math.min(size, 4L * MAX_TABLE));
      new SectionHeaders(headers).keepNames(parts);
    }
  }

  /** Evaluates what was read; empty if it is not an ELF file. */
  public Optional<ElfFile> finish() {
    return ElfHeaders.read(parts).map(this::evaluate);
  }

  private ElfFile evaluate(ElfHeaders headers) {
    var linking = new DynamicSection(headers, pool).read();
    var notes = new ElfNotes(headers).read();
    // Programs start without section headers.
    var complete = headers.view().isComplete();
    var sections = new SectionHeaders(headers).read();
    var mentions = mentions();
    var toolchains = new Toolchains(mentions, notes, sections);
    var level = notes.isaLevel().or(toolchains::goLevel);
    Mentions.TOOLCHAINS.forEach(mentions::remove);
    return new ElfFile(
        new ElfFile.Header(
            headers.bits(), headers.littleEndian(), headers.machine(), headers.type(), level),
        linking,
        new ElfFile.Content(toolchains.names(), mentions, sections.debugBytes(), complete));
  }

  private Set<String> mentions() {
    var mentions = new LinkedHashSet<String>();
    for (var i = 0; i < Mentions.ALL.size(); i++) {
      if (search.found(i)) {
        mentions.add(Mentions.ALL.get(i));
      }
    }
    return mentions;
  }
}
