package dev.stagewright.worker.cache.content;

import dev.stagewright.cache.key.BaseKey;
import dev.stagewright.cache.key.CacheKey;
import dev.stagewright.cache.key.StageKeys;
import dev.stagewright.cache.key.StepKey;
import dev.stagewright.dockerfile.PlatformId;
import dev.stagewright.dockerfile.eval.Evaluator;
import dev.stagewright.dockerfile.ignore.IgnoreException;
import dev.stagewright.dockerfile.ignore.IgnoreRules;
import dev.stagewright.dockerfile.parser.DockerfileParser;
import dev.stagewright.dockerfile.stages.BuildOptions;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageConfig;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.layers.tar.IndexedTarWriter;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.BuildRequest.AllowedSecrets;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.LayerOptions;
import dev.stagewright.protocol.SourceRequest;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StageResult;
import dev.stagewright.protocol.Workspace;
import dev.stagewright.worker.context.ContextWriter;
import dev.stagewright.worker.images.ImageInfo;
import dev.stagewright.worker.plan.ConfigTemplate;
import dev.stagewright.worker.plan.PlanBuilder;
import dev.stagewright.worker.source.InlineTree;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A Dockerfile with a context, and the keys of its steps.
 *
 * @param files files of the context; {@code .dockerignore} applies
 * @param outputs files that stages export, by name of the stage, if the stage has run
 * @param contents what the images contain, if it is not what their name says
 */
record ExampleBuild(
    String dockerfile,
    Map<String, String> files,
    Map<String, String> args,
    Map<String, Map<String, String>> outputs,
    Map<String, String> contents,
    boolean sharedPods) {
  private static final String IGNORE = ".dockerignore";
  private static final PlatformId PLATFORM = PlatformId.of("linux", "amd64");

  ExampleBuild(String dockerfile, Map<String, String> files) {
    this(dockerfile, files, Map.of(), Map.of(), Map.of(), false);
  }

  ExampleBuild withDockerfile(String text) {
    return new ExampleBuild(text, files, args, outputs, contents, sharedPods);
  }

  ExampleBuild withFile(String path, String content) {
    return new ExampleBuild(
        dockerfile, with(files, path, content), args, outputs, contents, sharedPods);
  }

  ExampleBuild withoutFile(String path) {
    var others = new HashMap<>(files);
    others.remove(path);
    return new ExampleBuild(dockerfile, others, args, outputs, contents, sharedPods);
  }

  ExampleBuild withArg(String name, String value) {
    return new ExampleBuild(
        dockerfile, files, with(args, name, value), outputs, contents, sharedPods);
  }

  ExampleBuild withOutput(String stage, Map<String, String> exports) {
    return new ExampleBuild(
        dockerfile, files, args, with(outputs, stage, exports), contents, sharedPods);
  }

  ExampleBuild withImage(String name, String content) {
    return new ExampleBuild(
        dockerfile, files, args, outputs, with(contents, name, content), sharedPods);
  }

  ExampleBuild withSharedPods() {
    return new ExampleBuild(dockerfile, files, args, outputs, contents, true);
  }

  private static <T> Map<String, T> with(Map<String, T> map, String key, T value) {
    var result = new HashMap<>(map);
    result.put(key, value);
    return result;
  }

  /** The key of each step whose inputs are known, by the name of its stage and its instruction. */
  Map<String, CacheKey> keys(Path folder) throws IOException {
    var plan = plan();
    var workspace = Files.createTempDirectory(folder, "workspace");
    writeContext(workspace);
    for (var stage : plan.stages()) {
      if (outputs.containsKey(stage.name())) {
        writeExports(workspace, stage, outputs.getOrDefault(stage.name(), Map.of()));
      }
    }
    var known = new HashMap<String, CacheKey>();
    var result = new LinkedHashMap<String, CacheKey>();
    try (var files = new WorkspaceFiles(workspace)) {
      for (var stage : plan.stages()) {
        var base = BaseKey.of(plan, stage.base(), id -> Optional.ofNullable(known.get(id)));
        if (base.isPresent()) {
          var keys = StageKeys.of(plan, stage, base.get(), files);
          if (keys.isComplete(stage)) {
            known.put(stage.id(), keys.last());
          }
          add(stage, keys.steps(), result);
        }
      }
    }
    return result;
  }

  private static void add(StagePlan stage, List<StepKey> keys, Map<String, CacheKey> result) {
    IntStream.range(0, keys.size())
        .forEach(i -> result.put(stage.steps().get(i).position().instruction(), keys.get(i).key()));
  }

  private BuildPlan plan() {
    var options = new BuildOptions(Optional.empty(), args, PLATFORM, PLATFORM, Set.of());
    var evaluation =
        new Evaluator(DockerfileParser.parse(dockerfile), options)
            .evaluate(image -> ConfigTemplate.settings(image(image.name()).config()));
    var output =
        BuildRequest.Output.to(ImageReference.parse("example.com/app:1"), LayerOptions.DEFAULT);
    var request =
        BuildRequest.builder(
                "team/app", new SourceRequest.Inline(files), Platform.LINUX_AMD64, output)
            .buildArgs(args)
            .provisions(new AllowedSecrets(Set.of("token"), Set.of(), false))
            .sharedPods(sharedPods)
            .build();
    return new PlanBuilder(evaluation, this::image, "Dockerfile", request)
        .plan(Optional.empty(), List.of(), List.of());
  }

  private ImageInfo image(String name) {
    var content = contents.getOrDefault(name, name).getBytes(StandardCharsets.UTF_8);
    var reference = ImageReference.parse(name).pinned(Digest.of(content));
    return new ImageInfo(
        name, reference, reference, List.of(), ImageConfig.scratch(Platform.LINUX_AMD64));
  }

  private void writeContext(Path workspace) throws IOException {
    try {
      var rules = IgnoreRules.parse(files.getOrDefault(IGNORE, ""));
      new ContextWriter(rules::ignores)
          .write(new InlineTree(files), workspace.resolve(Workspace.CONTEXT));
    } catch (IgnoreException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static void writeExports(Path workspace, StagePlan stage, Map<String, String> exports)
      throws IOException {
    var folder = workspace.resolve(Workspace.stage(stage.id()));
    var archive = Files.createDirectories(folder.resolve("exports"));
    try (var tar =
        new IndexedTarWriter(archive.resolve(Workspace.TAR), archive.resolve(Workspace.INDEX))) {
      for (var file : exports.entrySet()) {
        var bytes = file.getValue().getBytes(StandardCharsets.UTF_8);
        tar.put(TarEntry.file(file.getKey(), bytes.length), new ByteArrayInputStream(bytes));
      }
      tar.finish();
    }
    Files.writeString(
        folder.resolve(Workspace.RESULT),
        Json.write(
            new StageResult(
                stage.id(), List.of(), Optional.of(new StageResult.Exports("exports", 1)))));
  }
}
