package dev.stagewright.kubectl.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The flags of kaniko, and their table in the documentation. Run with {@code -Dmigrate.update=true}
 * to write the table.
 */
class KanikoFlagsTest {
  private static final Path PAGE = Path.of("../../docs/migrate-kaniko.md");
  private static final String START = "<!-- flags -->\n";
  private static final String END = "<!-- end -->";

  /** The flags of the executor in the releases 1.24 of the project and 1.25 of its successor. */
  private static final List<String> OF_KANIKO =
      List.of(
          ("--annotation --bucket -b --build-arg --cache --cache-copy-layers --cache-dir --cache-repo"
                  + " --cache-run-layers --cache-ttl --cleanup --compressed-caching --compression"
                  + " --compression-level --context -c --context-sub-path --custom-platform"
                  + " --customPlatform --destination -d --digest-file --dockerfile -f --force"
                  + " --force-build-metadata --git --ignore-path --ignore-var-run"
                  + " --image-download-retry --image-fs-extract-retry"
                  + " --image-name-tag-with-digest-file --image-name-with-digest-file --insecure"
                  + " --insecure-pull --insecure-registry --kaniko-dir --label --log-format"
                  + " --log-timestamp --no-push --no-push-cache --oci-layout-path"
                  + " --push-ignore-immutable-tag-errors --push-retry --registry-certificate"
                  + " --registry-client-cert --registry-map --registry-mirror --reproducible"
                  + " --single-snapshot --skip-default-registry-fallback"
                  + " --skip-push-permission-check --skip-tls-verify --skip-tls-verify-pull"
                  + " --skip-tls-verify-registry --skip-unused-stages --snapshot-mode --snapshotMode"
                  + " --tar-path --tarPath --target --use-new-run --verbosity -v --whitelist-var-run"
                  + " --azure-container-registry-config")
              .split(" "));

  @Test
  void allFlagsAreKnown() {
    assertThat(
            KanikoFlags.ALL.stream()
                .flatMap(flag -> Stream.concat(Stream.of(flag.name()), flag.aliases().stream())))
        .containsExactlyInAnyOrderElementsOf(OF_KANIKO);
    assertThat(KanikoFlags.ALL).extracting(KanikoFlag::name).isSorted();
  }

  @Test
  void pageHasTheTableOfAllFlags() throws IOException {
    var page = Files.readString(PAGE);
    var start = page.indexOf(START) + START.length();
    var expected = page.substring(0, start) + table() + page.substring(page.indexOf(END));

    if (Boolean.getBoolean("migrate.update")) {
      Files.writeString(PAGE, expected);
    } else {
      assertThat(page).isEqualTo(expected);
    }
  }

  private static String table() {
    return KanikoFlags.ALL.stream()
        .map(flag ->
            "| %s | %s | %s |\n"
                .formatted(
                    Stream.concat(Stream.of(flag.name()), flag.aliases().stream())
                        .map(name -> "`" + name + "`")
                        .collect(Collectors.joining(", ")),
                    flag.support(),
                    flag.effect().replace("|", "\\|")))
        .collect(
            Collectors.joining(
                "", "| Flag | Support | In Stagewright |\n| --- | --- | --- |\n", ""));
  }
}
