package dev.stagewright.analysis.run;

import dev.stagewright.analysis.layer.FileFacts;
import dev.stagewright.analysis.layer.LayerFile;
import dev.stagewright.layers.tar.TarEntry;
import java.util.List;
import java.util.Optional;

/**
 * A file of a test image; owned by root.
 *
 * @param type of the file
 * @param mode permissions
 * @param uid owner
 * @param link target of a symbolic link
 * @param facts about the content
 */
record TestFile(TarEntry.Type type, int mode, long uid, String link, FileFacts facts) {
  static TestFile elf(TestElf elf) {
    return file(new FileFacts(none(), Optional.of(elf.facts()), none(), none(), none(), List.of()))
        .mode(0755);
  }

  static TestFile script(String firstLine) {
    return file(new FileFacts(none(), none(), Optional.of(firstLine), none(), none(), List.of()))
        .mode(0755);
  }

  static TestFile text(String text) {
    return file(new FileFacts(none(), none(), none(), none(), Optional.of(text), List.of()));
  }

  static TestFile java(int version) {
    return file(new FileFacts(none(), none(), none(), Optional.of(version), none(), List.of()));
  }

  static TestFile directory() {
    return new TestFile(TarEntry.Type.DIRECTORY, 0755, 0, "", FileFacts.NONE);
  }

  static TestFile link(String target) {
    return new TestFile(TarEntry.Type.SYMLINK, 0777, 0, target, FileFacts.NONE);
  }

  private static TestFile file(FileFacts facts) {
    return new TestFile(TarEntry.Type.FILE, 0644, 0, "", facts);
  }

  private static <T> Optional<T> none() {
    return Optional.empty();
  }

  TestFile mode(int to) {
    return new TestFile(type, to, uid, link, facts);
  }

  TestFile owner(long to) {
    return new TestFile(type, mode, to, link, facts);
  }

  LayerFile at(String path) {
    var size = type == TarEntry.Type.FILE ? 100 : 0;
    return new LayerFile(path, type, mode, uid, 0, size, link, facts);
  }
}
