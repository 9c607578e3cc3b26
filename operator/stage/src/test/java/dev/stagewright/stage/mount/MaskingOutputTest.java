package dev.stagewright.stage.mount;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskingOutputTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private static SecretMasker masks(String... secrets) {
    var values = new ArrayList<byte[]>();
    for (var secret : secrets) {
      values.add(secret.getBytes(UTF_8));
    }
    return SecretMasker.of(values);
  }

  private String masked(SecretMasker masks, String... chunks) throws IOException {
    try (var masking = new MaskingOutput(out, masks)) {
      for (var chunk : chunks) {
        masking.write(chunk.getBytes(UTF_8));
      }
    }
    return out.toString(UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "token is hunter2!, token is ***!",
    "hunter2hunter2, ******",
    "hunthunter2, hunt***",
    "hunter, hunter",
    "nothing of it, nothing of it",
  })
  void everyOccurrenceIsReplaced(String text, String expected) throws IOException {
    assertThat(masked(masks("hunter2\n"), text)).isEqualTo(expected);
  }

  @Test
  void secretsAcrossChunksAreFound() throws IOException {
    assertThat(masked(masks("hunter2"), "is hu", "nt", "er", "2; hun", "t"))
        .isEqualTo("is ***; hunt");
  }

  @Test
  void onlyTheBeginningOfASecretIsHeldBack() throws IOException {
    try (var masking = new MaskingOutput(out, masks("hunter2"))) {
      masking.write("a prompt, hun".getBytes(UTF_8));
      assertThat(out.toString(UTF_8)).isEqualTo("a prompt, ");
    }
    assertThat(out.toString(UTF_8)).isEqualTo("a prompt, hun");
  }

  @Test
  void linesOfASecretAreHiddenSeparately() throws IOException {
    assertThat(masked(masks("line-one\n}\nline-two\n"), "line-two } line-one\n}\nline-two"))
        .isEqualTo("*** } ***");
  }

  @Test
  void longestSecretIsReplaced() throws IOException {
    assertThat(masked(masks("secret", "secret-key"), "secret-key secret-k")).isEqualTo("*** ***-k");
  }

  @Test
  void outputWithoutSecretsIsUnchanged() throws IOException {
    var all = new byte[256];
    for (var i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    try (var masking = new MaskingOutput(out, SecretMasker.of(List.of("\n".getBytes(UTF_8))))) {
      masking.write(all);
    }
    assertThat(out.toByteArray()).isEqualTo(all);
  }
}
