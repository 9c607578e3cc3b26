package dev.stagewright.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stagewright.analysis.finding.Finding;
import dev.stagewright.analysis.image.AnalyzedImage;
import dev.stagewright.analysis.image.ImageLayer;
import dev.stagewright.analysis.image.LayerOrigin;
import dev.stagewright.analysis.layer.LayerReader;
import dev.stagewright.analysis.run.StartPrediction;
import dev.stagewright.analysis.run.Verdict;
import dev.stagewright.layers.oci.ImageConfig;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares the prediction whether an image runs with what a Pod of the image does. The table is in
 * {@code target/predictions.md}.
 */
@ExtendWith(StagewrightExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class PredictionIT {
  private static final boolean ALL = Boolean.getBoolean("prediction.all");
  private static final int PART = 4;
  private static final int PODS_AT_A_TIME = 12;
  private static final String OWNER_ONLY = "user-owner-only";
  private static final Path FILES =
      LocalCluster.repository().resolve("e2e/src/test/resources/prediction");
  private static final Pattern EXIT_CODE = Pattern.compile("exit code (\\d+)");

  private final List<Result> results = new ArrayList<>();

  /** A case with what was predicted and what happened. */
  private record Result(
      PredictionCases.Case image, StartPrediction prediction, PodOutcome outcome) {
    Optional<Finding> decisive() {
      return switch (prediction.verdict()) {
        case Verdict.Runs _ -> Optional.empty();
        case Verdict.Fails fails -> Optional.of(fails.finding());
        case Verdict.Unknown unknown -> Optional.of(unknown.finding());
      };
    }

    boolean isWrong() {
      return switch (prediction.verdict()) {
        case Verdict.Runs _ -> !outcome.hasRun();
        case Verdict.Fails _ -> outcome.hasRun();
        case Verdict.Unknown _ -> !image.undecidable();
      };
    }

    String row() {
      return "| %s | %s | %s | %s | %s | %s |"
          .formatted(
              image.name(),
              image.base(),
              prediction.verdict().getClass().getSimpleName(),
              prediction.findings().stream().map(Finding::rule).collect(Collectors.joining(", ")),
              "%s %d".formatted(outcome.reason(), outcome.exitCode()),
              outcome
                  .text()
                  .strip()
                  .lines()
                  .reduce((_, last) -> last)
                  .orElse("")
                  .replace("|", "\\|"));
    }
  }

  @BeforeAll
  void buildPredictAndRun(TestNamespace namespace) throws Exception {
    build(namespace);
    var registry = namespace.environment().registry();
    var tasks = new ArrayList<Callable<Result>>();
    try (var client = HttpClient.newHttpClient();
        var pods = Executors.newFixedThreadPool(PODS_AT_A_TIME)) {
      var bases = new HashMap<String, Base>();
      for (var image : cases()) {
        if (!bases.containsKey(image.base())) {
          var name = "e2e/%s/%s".formatted(namespace.name(), image.base());
          bases.put(image.base(), Base.read(RegistryRepository.of(client, registry, name), "1"));
        }
        var base = bases.get(image.base());
        tasks.add(() -> base.result(image, namespace));
      }
      for (var result : pods.invokeAll(tasks)) {
        results.add(result.get());
      }
    }
    writeTable();
  }

  /** A part of the cases by default, which take less time; all of them on request. */
  private static List<PredictionCases.Case> cases() {
    var all = PredictionCases.all();
    return IntStream.range(0, all.size())
        .filter(i -> ALL || i % PART == 0 || all.get(i).name().equals(OWNER_ONLY))
        .mapToObj(all::get)
        .toList();
  }

  /** Two Dockerfiles, with one target for each set of files. */
  private static void build(TestNamespace namespace) throws IOException {
    var files = new HashMap<String, String>();
    try (var paths = Files.list(FILES)) {
      for (var path : paths.filter(it -> !it.toString().endsWith("Dockerfile")).toList()) {
        files.put(path.getFileName().toString(), Files.readString(path));
      }
    }
    namespace
        .inline("programs", Files.readString(FILES.resolve("programs.Dockerfile")), files)
        .awaitSuccess();
    var bases = Files.readString(FILES.resolve("bases.Dockerfile"));
    var builds =
        cases().stream()
            .map(PredictionCases.Case::base)
            .distinct()
            .map(target ->
                namespace.build(
                    target,
                    "target: %s\nbuildArgs: {PROGRAMS: '%s'}\n"
                            .formatted(target, namespace.image("programs"))
                        + Specs.inline(bases, Map.of())))
            .toList();
    builds.forEach(Build::awaitSuccess);
  }

  /** An image in the registry, whose config the cases change. */
  private record Base(
      RegistryRepository repository,
      JsonNode manifest,
      ImageConfig config,
      List<ImageLayer> layers) {

    static Base read(RegistryRepository repository, String tag) throws Exception {
      var manifest = repository.manifest(tag);
      var layers = new ArrayList<ImageLayer>();
      var unknown = new LayerOrigin(Optional.empty(), Optional.empty(), Optional.empty(), false);
      for (var layer : manifest.at("/layers")) {
        var digest = layer.at("/digest").asText();
        try (var content = new GZIPInputStream(repository.blob(digest))) {
          layers.add(
              new ImageLayer(
                  digest, layer.at("/size").asLong(), unknown, LayerReader.read(content)));
        }
      }
      try (var config = repository.blob(manifest.at("/config/digest").asText())) {
        return new Base(repository, manifest, ImageConfig.parse(config.readAllBytes()), layers);
      }
    }

    Result result(PredictionCases.Case image, TestNamespace namespace) throws Exception {
      var changed = config.withConfig(image.config().apply(config.config()));
      repository.push(image.name(), manifest, changed);
      var prediction = StartPrediction.of(AnalyzedImage.of(changed, layers));
      var reference = reference(namespace, image.base(), image.name());
      return new Result(image, prediction, namespace.outcome(image.name(), reference));
    }
  }

  private static String reference(TestNamespace namespace, String base, String tag) {
    return namespace.image(base).replaceFirst(":1$", ":" + tag);
  }

  private void writeTable() throws IOException {
    var rows = results.stream().map(Result::row).collect(Collectors.joining("\n"));
    Files.writeString(
        Path.of("target/predictions.md"),
        """
        | image | files | predicted | findings | happened | message or log |
        |---|---|---|---|---|---|
        """
            + rows
            + "\n");
  }

  @Test
  void noPredictionIsWrong() {
    assertThat(results).hasSizeGreaterThanOrEqualTo(ALL ? 150 : 150 / PART);
    assertThat(results).filteredOn(Result::isWrong).extracting(Result::row).isEmpty();
  }

  @Test
  void bothOutcomesOccurOften() {
    assertThat(results)
        .filteredOn(it -> it.outcome().hasRun())
        .hasSizeGreaterThan(ALL ? 70 : 70 / PART / 2);
    assertThat(results)
        .filteredOn(it -> !it.outcome().hasRun())
        .hasSizeGreaterThan(ALL ? 70 : 70 / PART / 2);
  }

  @Test
  void restrictedPodsNeedPermissionsOfTheUser(TestNamespace namespace) {
    var image = reference(namespace, "on-busybox", OWNER_ONLY);

    var outcome = namespace.outcomeWithoutCapabilities("restricted", image);

    assertThat(outcome.reason()).isEqualTo("StartError");
    assertThat(outcome.text()).endsWith("exec: \"/out/owner-only\": permission denied");
    assertThat(results)
        .filteredOn(it -> it.image().name().equals(OWNER_ONLY))
        .flatExtracting(it -> it.prediction().findings())
        .extracting(Finding::rule)
        .containsExactly("NeedsCapability");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "debian",
        "busybox",
        "alpine",
        "gcc",
        "golang",
        "golang:alpine",
        "redis",
        "registry"
      })
  void baseImagesHaveNoFindings(String image, TestNamespace namespace) throws Exception {
    var name = image.split(":", 2);
    try (var client = HttpClient.newHttpClient()) {
      var registry = namespace.environment().registry();
      var repository = RegistryRepository.of(client, registry, "library/" + name[0]);
      var base = Base.read(repository, name.length > 1 ? name[1] : "latest");

      var prediction = StartPrediction.of(AnalyzedImage.of(base.config(), base.layers()));

      assertThat(prediction.verdict()).isEqualTo(new Verdict.Runs());
      assertThat(prediction.findings()).isEmpty();
    }
  }

  @Test
  void symptomsAreInTheWordsOfTheCluster() {
    assertThat(results)
        .filteredOn(it -> it.prediction().verdict() instanceof Verdict.Fails)
        .filteredOn(it -> !isShown(it.decisive().orElseThrow().symptom(), it.outcome()))
        .extracting(it -> it.decisive().orElseThrow().symptom() + "\n  " + it.outcome())
        .isEmpty();
  }

  /** The exit code, and the last part of the text, which names the cause. */
  private static boolean isShown(String symptom, PodOutcome outcome) {
    var code = EXIT_CODE.matcher(symptom);
    var text = symptom.substring(symptom.lastIndexOf(": ") + 2);
    return outcome.text().contains(text)
        && (code.find()
            ? Integer.parseInt(code.group(1)) == outcome.exitCode()
            : symptom.startsWith(outcome.reason()));
  }
}
