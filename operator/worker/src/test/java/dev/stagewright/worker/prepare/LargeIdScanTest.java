package dev.stagewright.worker.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LargeIdScanTest {

  @ParameterizedTest
  @CsvSource({
    "65535, false",
    "65536, true",
    "0:65536, true",
    "200000:0, true",
    ":70000, true",
    "app, false",
    "app:70000, false",
    "'', false",
  })
  void detectsLargeOwners(String owner, boolean large) {
    assertThat(LargeIdScan.isLargeOwner(owner)).isEqualTo(large);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/bin/sh -c chown 65536 /x",
        "/bin/sh -c mkdir /x && chown -R 0:100000 /x && true",
        "/bin/sh -c chown -h --no-dereference '200000:200000' /x",
        "chgrp 70000 /x",
        "useradd --create-home -u 100000 app",
        "adduser -D -u 100000 app",
        "install -d -o 100000 /data",
        "/bin/sh -c mknod /dev/fuse c 10 229",
        "/bin/sh -c cd /x; mknod -m 666 null c 1 3 && ls",
      })
  void findsCommandsWithLargeIds(String command) {
    assertThat(LargeIdScan.in(command)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "chown 65535:65535 /x",
        "chown app /x && echo 100000",
        "mknod /fifo p",
        "useradd -u 1000 app; sleep 100000",
        "echo mknod",
        "dd count=100000",
      })
  void ignoresOtherValues(String command) {
    assertThat(LargeIdScan.in(command)).isEmpty();
  }

  @Test
  void returnsText() {
    assertThat(LargeIdScan.in("cd / && chown -R 70000:70000 /srv && ls"))
        .contains("\"chown -R 70000:70000\"");
  }
}
