package dev.stagewright.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WaitMarkerTest {
  @Test
  void markerIsParsed() {
    var marker = new WaitMarker("builder");

    assertThat(marker).hasToString("waiting for stage \"builder\"");
    assertThat(WaitMarker.parse(marker.toString())).contains(marker);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "waiting",
        "waiting for stage \"",
        "waiting for stage \"a",
        " waiting for stage \"a\""
      })
  void otherLinesAreNotMarkers(String line) {
    assertThat(WaitMarker.parse(line)).isEmpty();
  }
}
