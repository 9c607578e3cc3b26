package dev.stagewright.layers.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VerifiedInputStreamTest {
  private static final Descriptor HELLO = new Descriptor("text/plain", digest("hello"), 5);

  private static Digest digest(String text) {
    return Digest.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static VerifiedInputStream stream(String content) {
    var bytes = content.getBytes(StandardCharsets.UTF_8);
    return new VerifiedInputStream(new ByteArrayInputStream(bytes), HELLO);
  }

  @Test
  void acceptsMatchingContent() throws IOException {
    assertThat(stream("hello").readAllBytes()).asString().isEqualTo("hello");
  }

  @Test
  void verifiesSkippedBytes() throws IOException {
    var stream = stream("hello");

    assertThat(stream.skip(3)).isEqualTo(3);
    assertThat(stream.readAllBytes()).asString().isEqualTo("lo");
  }

  @ParameterizedTest
  @CsvSource({
    "hell,  has 4 bytes instead of 5",
    "hello!, has at least 6 bytes instead of 5",
    "hullo,  has the digest sha256:",
  })
  void rejectsOtherContent(String content, String message) {
    assertThatThrownBy(() -> stream(content).readAllBytes())
        .isInstanceOf(CorruptBlobException.class)
        .hasMessageContaining("blob " + HELLO.digest() + " " + message);
  }
}
