package dev.stagewright.e2e.conformance.compare;

import static dev.stagewright.e2e.conformance.image.SampleLayers.WRITTEN;
import static dev.stagewright.e2e.conformance.image.SampleLayers.directory;
import static dev.stagewright.e2e.conformance.image.SampleLayers.file;
import static dev.stagewright.e2e.conformance.image.SampleLayers.hardLink;
import static dev.stagewright.e2e.conformance.image.SampleLayers.layer;
import static dev.stagewright.e2e.conformance.image.SampleLayers.symlink;
import static dev.stagewright.e2e.conformance.image.SampleLayers.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stagewright.e2e.conformance.image.Image;
import dev.stagewright.e2e.conformance.image.Layer;
import dev.stagewright.e2e.conformance.image.TarMember;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each difference is reported in one line. */
class ImageComparisonTest {
  private static final Instant OURS = Instant.parse("2026-01-01T10:00:00Z");
  private static final Instant THEIRS = Instant.parse("2026-01-01T09:00:00Z");
  private static final Layer.Member FILE = file("file", "content");
  private static final String CONFIG =
      """
      {"architecture": "amd64",
       "config": {"Env": ["A=1"], "Labels": {}},
       "history": [{"created_by": "RUN x", "comment": "c"}]}
      """;

  static Stream<Arguments> differingFiles() {
    return Stream.of(
        argumentSet(
            "mode",
            changed(f -> header(f, 0600, 0, WRITTEN)),
            "mode: file: ours=0600 buildkit=0644"),
        argumentSet(
            "owner",
            changed(f -> header(f, 0644, 5, WRITTEN)),
            "owner: file: ours=5:0 buildkit=0:0"),
        argumentSet(
            "mtime",
            changed(f -> header(f, 0644, 0, WRITTEN.plusSeconds(1))),
            "mtime: file: ours=2020-01-02T03:04:06Z buildkit=2020-01-02T03:04:05Z"),
        argumentSet(
            "content", file("file", "CONTENT"), "content: file: ours=CONTENT buildkit=content"),
        argumentSet("size", file("file", "x"), "size: file: ours=1 buildkit=7"),
        argumentSet("type", symlink("file", "x"), "type: file: ours=SYMLINK buildkit=FILE"),
        argumentSet("entry", file("other", "x"), "entry: other: ours=FILE 0644 0:0 buildkit=none"));
  }

  @ParameterizedTest
  @MethodSource("differingFiles")
  void reportsDifferencesOfFile(Layer.Member ours, String line) {
    assertThat(lines(layer(ours), layer(FILE))).contains(line);
  }

  @Test
  void equalImagesHaveNoDifferences() {
    assertThat(lines(layer(FILE), layer(FILE))).isEmpty();
  }

  @Test
  void reportsAttributesHardLinksAndTargets() {
    var xattrs = new TreeMap<>(java.util.Map.of("security.capability", "01"));
    var capable =
        with(FILE, f -> new TarMember(f.name(), '0', 0644, 0, 0, WRITTEN, 7, "", "", xattrs));

    assertThat(lines(layer(capable), layer(FILE)))
        .containsExactly("xattrs: file: ours={security.capability=01} buildkit={}");
    assertThat(lines(layer(FILE, hardLink("same", "file")), layer(FILE, file("same", "content"))))
        .containsExactly(
            "hardlinks: file: ours=[file, same] buildkit=[]",
            "hardlinks: same: ours=[file, same] buildkit=[]");
    assertThat(lines(layer(symlink("l", "a")), layer(symlink("l", "b"))))
        .containsExactly("target: l: ours=a buildkit=b");
  }

  @Test
  void buildTimesCountAsEqual() {
    var ours = changed(f -> header(f, 0644, 0, OURS.plusSeconds(3)));
    var theirs = changed(f -> header(f, 0644, 0, Instant.parse("2026-01-01T09:00:00Z")));

    assertThat(lines(layer(ours), layer(theirs))).isEmpty();
  }

  @Test
  void reportsNamesInOnlyOneLayer() {
    var ours = layer(directory("d"), FILE);
    var theirs = layer(FILE);

    assertThat(lines(ours, theirs))
        .contains("layer-names: d: ours=in layer 0 buildkit=not in layer 0");
  }

  @Test
  void reportsNumberOfLayersOnce() {
    var ours = new Built(image(CONFIG, layer(FILE)), OURS);
    var theirs = new Built(image(CONFIG, layer(FILE), layer()), THEIRS);

    assertThat(ImageComparison.compare(ours, theirs, false))
        .extracting(Difference::toString)
        .containsExactly("layers: -: ours=1 layers buildkit=2 layers");
  }

  @Test
  void emptyConfigValueEqualsMissingKey() {
    var theirs =
        """
        {"architecture": "arm64", "created": "2020-01-01T00:00:00Z",
         "config": {"Env": ["A=1", "B=2"], "Volumes": null},
         "history": [{"created_by": "RUN x", "comment": "c", "empty_layer": true}]}
        """;

    assertThat(lines(CONFIG, theirs, false))
        .containsExactly(
            "config.architecture: -: ours=\"amd64\" buildkit=\"arm64\"",
            "config.Env: -: ours=[\"A=1\"] buildkit=[\"A=1\",\"B=2\"]",
            "history: line 0: ours=RUN x layer buildkit=RUN x empty");
  }

  @Test
  void comparesCreationTimesWithSourceDateEpoch() {
    var theirs = CONFIG.replaceFirst("\\{", "{\"created\": \"2020-01-01T00:00:00Z\",");

    assertThat(lines(CONFIG, theirs, false)).isEmpty();
    assertThat(lines(CONFIG, theirs, true))
        .containsExactly("config.created: -: ours=none buildkit=\"2020-01-01T00:00:00Z\"");
  }

  @Test
  void escapesLineBreaksInNames() {
    assertThat(new Difference("entry", "a\nb\u00e9", "none", "FILE").toString())
        .isEqualTo("entry: a\\x0ab\\xe9: ours=none buildkit=FILE");
  }

  private static List<String> lines(Layer ours, Layer theirs) {
    return lines(
        new Built(image(CONFIG, ours), OURS), new Built(image(CONFIG, theirs), THEIRS), false);
  }

  private static List<String> lines(String ours, String theirs, boolean createdCounts) {
    return lines(new Built(image(ours), OURS), new Built(image(theirs), THEIRS), createdCounts);
  }

  private static List<String> lines(Built ours, Built theirs, boolean createdCounts) {
    return ImageComparison.compare(ours, theirs, createdCounts).stream()
        .map(Difference::toString)
        .toList();
  }

  private static Layer.Member changed(java.util.function.UnaryOperator<TarMember> change) {
    return with(FILE, change);
  }

  private static TarMember header(TarMember from, int mode, long uid, Instant mtime) {
    return new TarMember(
        from.name(), from.type(), mode, uid, 0, mtime, from.size(), "", "", from.xattrs());
  }

  private static Image image(String config, Layer... layers) {
    try {
      JsonNode json = new ObjectMapper().readTree(config);
      var diffIds = ((ObjectNode) json).putObject("rootfs").putArray("diff_ids");
      List.of(layers).forEach(layer -> diffIds.add(layer.diffId()));
      return new Image(json, List.of(layers));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
