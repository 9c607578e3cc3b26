package dev.stagewright.image;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Computes which classes of jars may be required by others: a class requires every class that one
 * of its constants names, as a type or as text. The result contains more classes than are loaded,
 * but never fewer.
 */
final class ClassClosure {
  private static final String SUFFIX = ".class";
  private static final Pattern DESCRIPTOR = Pattern.compile("L([\\w/$]+)[;<]");

  /** The names of all classes in the jars, with slashes, with the names of their constants. */
  private final Map<String, Set<String>> constants = new HashMap<>();

  private final Set<String> required = new HashSet<>();
  private final Deque<String> pending = new ArrayDeque<>();

  private ClassClosure() {}

  /**
   * Returns the names, with slashes, of the required classes.
   *
   * @param roots jars whose classes are all required
   * @param libraries jars that may be required in part
   */
  static Set<String> of(List<Path> roots, List<Path> libraries) throws IOException {
    var closure = new ClassClosure();
    for (var jar : roots) {
      closure.pending.addAll(closure.read(jar));
    }
    for (var jar : libraries) {
      closure.read(jar);
    }
    closure.resolve();
    return closure.required;
  }

  private Set<String> read(Path jar) throws IOException {
    var names = new HashSet<String>();
    try (var zip = new ZipFile(jar.toFile())) {
      for (var entry : zip.stream().filter(e -> e.getName().endsWith(SUFFIX)).toList()) {
        var name = className(entry.getName());
        constants.computeIfAbsent(name, _ -> new HashSet<>()).addAll(constants(zip, entry));
        names.add(name);
      }
    }
    return names;
  }

  /** Returns the class of a jar entry, for any release of Java. */
  static String className(String entry) {
    var name = entry.replaceFirst("^META-INF/versions/\\d+/", "");
    return name.substring(0, name.length() - SUFFIX.length());
  }

  private static Set<String> constants(ZipFile zip, ZipEntry entry) throws IOException {
    var names = new HashSet<String>();
    try (var in = zip.getInputStream(entry)) {
      for (var constant : ClassFile.of().parse(in.readAllBytes()).constantPool()) {
        if (constant instanceof Utf8Entry utf8) {
          names.add(utf8.stringValue().replace('.', '/'));
          DESCRIPTOR
              .matcher(utf8.stringValue())
              .results()
              .forEach(type -> names.add(type.group(1)));
        }
      }
    }
    return names;
  }

  private void resolve() {
    while (!pending.isEmpty()) {
      var name = pending.remove();
      var references = constants.get(name);
      if (references != null && required.add(name)) {
        pending.addAll(references);
      }
    }
  }
}
