package dev.stagewright.cache.record;

import static dev.stagewright.cache.TestPlans.digest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.MediaTypes;
import dev.stagewright.protocol.StageResult.Layer;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever a registry returns is a record or the reason why it is not. */
class RecordPropertiesTest {
  private static final StepRecord RECORD =
      new StepRecord(
          "RUN make",
          "team/app",
          100,
          20,
          30,
          List.of(
              new Layer(
                  0,
                  new Descriptor(MediaTypes.LAYER_GZIP, digest("blob"), 5),
                  digest("diff"),
                  Optional.empty(),
                  Optional.of(90L))),
          List.of());

  @Property(seed = "1")
  void arbitraryBytesAreNotARecord(@ForAll byte[] bytes) {
    assertThat(RecordReader.step(bytes).value()).isEmpty();
    assertThat(RecordReader.latestBlob(bytes).value()).isEmpty();
    assertThat(RecordReader.latest(bytes).value()).isEmpty();
  }

  @Property(seed = "1")
  void aChangedByteIsDetectedOrKeepsTheLayers(
      @ForAll @IntRange(max = 2000) int position, @ForAll byte value) {
    var bytes = RecordWriter.write(RECORD).manifest().bytes();
    bytes[position % bytes.length] = value;

    RecordReader.step(bytes)
        .value()
        .ifPresent(record ->
            assertThat(record.layers())
                .extracting(Layer::blob)
                .isEqualTo(RECORD.layers().stream().map(Layer::blob).toList()));
  }
}
