package dev.stagewright.e2e.edits;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Changes a project as a developer does: Dockerfile, files, arguments, base, target, and sandbox.
 * Equal seeds give equal edits.
 */
public final class RandomEdits {
  private static final List<String> BASES = List.of("busybox", "busybox", "debian");
  private static final List<String> FILES = List.of("a.txt", "ab.txt", "b.txt", "dir/c.txt");
  private static final List<String> SANDBOXES = List.of("inPlace", "userNamespace");
  private static final int MAX_STAGES = 3;
  private static final int MAX_LINES = 5;

  private final Random random;
  private final Lines lines;

  /** Creates a source of edits. */
  public RandomEdits(long seed) {
    random = new Random(seed);
    lines = new Lines(random);
  }

  /** The first version of a project. */
  public Project create() {
    var files = new TreeMap<String, String>();
    FILES.forEach(path -> files.put(path, text()));
    var stages = new ArrayList<Project.Stage>();
    var count = 1 + random.nextInt(MAX_STAGES);
    for (var index = 0; index < count; index++) {
      stages.add(stage(index, files.keySet().stream().toList(), stages));
    }
    return new Project(
        List.copyOf(stages), files, new TreeMap<>(), Optional.empty(), any(SANDBOXES));
  }

  private Project.Stage stage(int index, List<String> files, List<Project.Stage> earlier) {
    var names = earlier.stream().map(Project.Stage::name).toList();
    var text = new ArrayList<String>();
    text.add(lines.first());
    for (var line = 1 + random.nextInt(MAX_LINES); line > 0; line--) {
      text.add(lines.next(files, names));
    }
    text.add(lines.last());
    var base = names.isEmpty() || random.nextBoolean() ? any(BASES) : any(names);
    return new Project.Stage("s" + index, base, List.copyOf(text));
  }

  /** The next version of a project. */
  public Project edit(Project project) {
    var index = random.nextInt(project.stages().size());
    var stage = project.stages().get(index);
    return switch (random.nextInt(12)) {
      case 0, 1 -> project.withStage(index, withNewLine(project, index));
      case 2 -> project.withStage(index, withoutLine(stage));
      case 3 -> project.withStage(index, withSwappedLines(stage));
      case 4, 5, 6 -> project.withFiles(changed(project.files()));
      case 7 -> project.withBuildArgs(argument(project.buildArgs()));
      case 8 ->
          index == 0 || !project.stages().get(index - 1).name().equals(stage.base())
              ? project.withStage(index, new Project.Stage(stage.name(), any(BASES), stage.lines()))
              : project.withBuildArgs(argument(project.buildArgs()));
      case 9 -> project.withTarget(Optional.of(stage.name()));
      case 10 -> project.withSandbox(any(SANDBOXES)).withTarget(Optional.empty());
      default -> project;
    };
  }

  private Project.Stage withNewLine(Project project, int index) {
    var stage = project.stages().get(index);
    var earlier = project.stages().subList(0, index).stream().map(Project.Stage::name).toList();
    var text = new ArrayList<>(stage.lines());
    text.add(
        1 + random.nextInt(text.size() - 1),
        lines.next(project.files().keySet().stream().toList(), earlier));
    return stage.withLines(text);
  }

  private Project.Stage withoutLine(Project.Stage stage) {
    var text = new ArrayList<>(stage.lines());
    if (text.size() > 2) {
      text.remove(1 + random.nextInt(text.size() - 2));
    }
    return stage.withLines(text);
  }

  private Project.Stage withSwappedLines(Project.Stage stage) {
    var text = new ArrayList<>(stage.lines());
    if (text.size() > 3) {
      var at = 1 + random.nextInt(text.size() - 3);
      text.add(at, text.remove(at + 1));
    }
    return stage.withLines(text);
  }

  /** Other contents, or another file. All paths that instructions name are kept. */
  private Map<String, String> changed(Map<String, String> files) {
    var others = new HashMap<>(files);
    if (random.nextInt(4) == 0) {
      var extra = "extra%d.txt".formatted(random.nextInt(3));
      if (others.remove(extra) == null) {
        others.put(extra, text());
      }
    } else {
      others.put(any(FILES), text());
    }
    return others;
  }

  private Map<String, String> argument(Map<String, String> arguments) {
    var others = new HashMap<>(arguments);
    others.put(any(List.of("VERSION", "FLAVOR", "UNUSED")), "v" + random.nextInt(3));
    return others;
  }

  private String text() {
    return "text %d\n".formatted(random.nextInt(1000));
  }

  private <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** A project and its next versions. */
  public List<Project> sequence(int edits) {
    var versions = new ArrayList<Project>();
    versions.add(create());
    IntStream.range(0, edits).forEach(_ -> versions.add(edit(versions.getLast())));
    return List.copyOf(versions);
  }
}
