package dev.stagewright.kubectl;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.stagewright.kubectl.build.BuildEnd;
import dev.stagewright.kubectl.build.BuildManifest;
import dev.stagewright.kubectl.context.ContextException;
import dev.stagewright.kubectl.progress.ProgressDisplay;
import dev.stagewright.kubectl.progress.ProgressDisplays;
import dev.stagewright.kubectl.progress.ProgressMode;
import dev.stagewright.kubectl.terminal.Terminal;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesListBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code stagewright build} that say what it prints and writes. */
final class BuildResultOptions {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  enum OutputFormat {
    yaml,
    json
  }

  @Mixin private final ProgressOptions progress = new ProgressOptions();

  @Option(
      names = {"-q", "--quiet"},
      description = "Print only failures, and the image with its digest")
  private boolean quiet;

  @Option(
      names = "--iidfile",
      paramLabel = "FILE",
      description = "Write the digest of the image to this file")
  private @Nullable Path iidFile;

  @Option(
      names = "--metadata-file",
      paramLabel = "FILE",
      description = "Write the image, the result, and the failure to this file as JSON")
  private @Nullable Path metadataFile;

  @Option(
      names = "--detach",
      description = "Print the name of the build and exit as soon as the context is sent")
  private boolean detach;

  @Option(
      names = "--dry-run",
      description = "Print the ImageBuild and its Secrets, and start nothing")
  private boolean dryRun;

  @Option(
      names = {"-o"},
      paramLabel = "FORMAT",
      description = "Format of --dry-run, one of: ${COMPLETION-CANDIDATES}. Default: yaml")
  private @Nullable OutputFormat format;

  /** Whether nothing is started. */
  boolean isDryRun() {
    if (format != null && !dryRun) {
      throw new IllegalArgumentException(
          "-o is the format of --dry-run; the image is always pushed to the registry of -t");
    }
    return dryRun;
  }

  /** Whether standard error is for people, and not only for failures or for programs. */
  boolean isForPeople() {
    return !quiet && progress.isForPeople();
  }

  boolean isDetached() {
    return detach;
  }

  /** A display on standard error. */
  @SuppressWarnings("SystemOut")
  ProgressDisplay display() {
    return quiet
        ? ProgressDisplays.of(ProgressMode.QUIET, System.err, Terminal.ofStandardError())
        : progress.display();
  }

  /** Prints what would be applied. */
  void print(BuildManifest manifest, String name, String namespace, PrintWriter out) {
    var objects = new ArrayList<HasMetadata>();
    objects.add(manifest.object(name, namespace));
    objects.addAll(manifest.secrets().objects(name, namespace, Optional.empty()));
    if (format == OutputFormat.json) {
      HasMetadata single = objects.getFirst();
      out.println(
          objects.size() == 1
              ? Serialization.asJson(single)
              : Serialization.asJson(new KubernetesListBuilder().withItems(objects).build()));
    } else {
      objects.forEach(object -> out.print(Serialization.asYaml(object)));
    }
    out.flush();
  }

  /** Writes the files about the result. */
  void write(BuildEnd end) throws ContextException {
    if (iidFile != null && end.digest().isPresent()) {
      write(iidFile, end.digest().get());
    }
    if (metadataFile != null) {
      try {
        write(metadataFile, JSON.writeValueAsString(end.metadata()) + "\n");
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static void write(Path file, String text) throws ContextException {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new ContextException("cannot write " + file + ": " + e.getMessage());
    }
  }
}
