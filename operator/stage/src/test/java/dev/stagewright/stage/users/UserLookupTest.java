package dev.stagewright.stage.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.stage.linux.FileType;
import dev.stagewright.stage.linux.ProcessCredentials;
import dev.stagewright.stage.linux.RootFileSystem;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Resolution of USER and --chown. */
class UserLookupTest {
  @TempDir Path folder;

  private static final UserDatabase KNOWN =
      UserDatabase.parse(
          """
          root:x:0:0:root:/root:/bin/ash
          # a comment
          not a line
          app:x:1000:1001:App:/home/app:/bin/sh
          bad:x:many:1:::
          """,
          """
          root:x:0:root
          app:x:1001:
          staff:x:50:other,app
          docker:x:999:app
          """);

  @ParameterizedTest(name = "USER {0} is {1}:{2} in {3}")
  @CsvSource({
    "root, 0, 0, 0",
    "0, 0, 0, 0",
    "app, 1000, 1001, 1001 50 999",
    "1000, 1000, 1001, 1001 50 999",
    "app:staff, 1000, 50, 50",
    "app:7, 1000, 7, 7",
    "77, 77, 0, 0",
    "77:78, 77, 78, 78",
    "77:staff, 77, 50, 50",
  })
  void userIsResolvedAsInRunc(String spec, long uid, long gid, String groups) throws Exception {
    var found = UserLookup.credentials(UserSpec.parse(spec), KNOWN);
    var numbers = List.of(groups.split(" ", 0)).stream().map(Long::valueOf).toList();
    assertThat(found).isEqualTo(new ProcessCredentials(uid, gid, numbers));
  }

  @ParameterizedTest(name = "--chown={0} is {1}:{2}")
  @CsvSource({
    "root, 0, 0",
    "app, 1000, 1001",
    "app:, 1000, 0",
    "5, 5, 5",
    "5:6, 5, 6",
    "5:staff, 5, 50",
    ":staff, 0, 50",
  })
  void ownersFollowBuildKit(String spec, long uid, long gid) throws Exception {
    assertThat(UserLookup.owner(UserSpec.parse(spec), KNOWN))
        .isEqualTo(new ChownOwner(new Owner(uid, gid), List.of()));
  }

  @ParameterizedTest(name = "--chown={0} is {1}:{2}, {3} is unknown")
  @CsvSource({
    "web, 0, 0, user web,",
    "web:staff, 0, 50, user web,",
    "app:web, 1000, 1001, group web,",
    "5:web, 5, 5, group web,",
    "web:www, 0, 0, user web, group www",
  })
  void unknownOwnersAreRootAndReported(
      String spec, long uid, long gid, String first, String second) {
    assertThat(UserLookup.owner(UserSpec.parse(spec), KNOWN))
        .isEqualTo(
            new ChownOwner(
                new Owner(uid, gid), Stream.of(first, second).filter(Objects::nonNull).toList()));
  }

  @Test
  void unknownUserIsReported() {
    assertThatThrownBy(() -> UserLookup.credentials(UserSpec.parse("web"), KNOWN))
        .hasMessage("unable to find user web: no matching entries in passwd file");
    assertThatThrownBy(() -> UserLookup.credentials(UserSpec.parse("app:web"), KNOWN))
        .hasMessage("unable to find group web: no matching entries in group file");
  }

  @Test
  void rootNeedsNoFiles() throws Exception {
    var empty = UserDatabase.parse("", "");
    assertThat(UserLookup.owner(UserSpec.parse("root:root"), empty))
        .isEqualTo(new ChownOwner(Owner.ROOT, List.of()));
    assertThat(UserLookup.credentials(UserSpec.parse("0"), empty))
        .isEqualTo(ProcessCredentials.ROOT);
  }

  /** Opening it would wait for a writer. */
  @Test
  void pipeHasNoUsers() throws Exception {
    try (var files = RootFileSystem.open(folder)) {
      files.makeDirectory("etc");
      files.makeNode("etc/passwd", FileType.FIFO, 0, 0);

      assertThat(new UserLookup(files).owner("app").unknown()).containsExactly("user app");
    }
  }
}
