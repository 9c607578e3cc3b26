package dev.stagewright.e2e.conformance.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cases are found in folders and read with their properties. */
class CasesTest {
  @TempDir Path folder;

  @BeforeEach
  void twoGroups() throws IOException {
    for (var name : new String[] {"copy/one", "copy/two", "run/one"}) {
      Files.createDirectories(folder.resolve(name));
      Files.writeString(folder.resolve(name).resolve("Dockerfile"), "FROM scratch\n");
    }
  }

  @Test
  void findsCasesInOrder() throws IOException {
    assertThat(Cases.below(folder))
        .extracting(Case::fullName)
        .containsExactly("copy/one", "copy/two", "run/one");
  }

  @Test
  void selectsGroupsAndCases() throws IOException {
    var selection = Selection.of("run copy/two", "inPlace");

    assertThat(selection.of(Cases.below(folder)))
        .extracting(Case::fullName)
        .containsExactly("copy/two", "run/one");
    assertThat(selection.sandboxes()).containsExactly(Sandbox.IN_PLACE);
    assertThat(selection.isAll()).isFalse();
    assertThat(Selection.of("", "").isAll()).isTrue();
  }

  @Test
  void readsProperties() throws IOException {
    properties(
        """
        target=first
        buildArg.A=1
        secret.token=s3cret
        sourceDateEpoch=7
        sandboxes=userNamespace
        """);

    var properties = Cases.below(folder).getFirst().properties();

    assertThat(properties.target()).hasValue("first");
    assertThat(properties.buildArgs()).containsEntry("A", "1").hasSize(1);
    assertThat(properties.secrets()).containsEntry("token", "s3cret").hasSize(1);
    assertThat(properties.sourceDateEpoch()).hasValue(7L);
    assertThat(properties.sandboxes()).containsExactly(Sandbox.USER_NAMESPACE);
    assertThat(properties.ssh()).isFalse();
    assertThat(properties.fails()).isEmpty();
  }

  @Test
  void casesWithoutRunAlsoRunInTheWorker() throws IOException {
    var onbuild = Files.createDirectories(folder.resolve("bases/trigger"));
    Files.writeString(onbuild.resolve("Dockerfile"), "FROM scratch\nONBUILD RUN true\n");
    dockerfile("run/one", "FROM conformance/base\n  run true\n");
    dockerfile("copy/one", "FROM conformance/trigger\nCOPY a /\n");
    dockerfile("copy/two", "FROM conformance/base\nCOPY RUN /\n");
    properties("sandboxes=inPlace\n");
    Files.createDirectories(folder.resolve("cases"));
    for (var group : new String[] {"copy", "run"}) {
      Files.move(folder.resolve(group), folder.resolve("cases").resolve(group));
    }

    assertThat(Cases.below(folder.resolve("cases")))
        .extracting(one -> one.fullName() + " " + one.sandboxes())
        .containsExactly(
            "copy/one [IN_PLACE]",
            "copy/two [IN_PLACE, USER_NAMESPACE, WORKER]",
            "run/one [IN_PLACE, USER_NAMESPACE]");
  }

  @Test
  void rejectsUnknownProperty() throws IOException {
    properties("tarGet=first\n");

    assertThatThrownBy(() -> Cases.below(folder))
        .hasMessageEndingWith("case.properties: unknown key: tarGet");
  }

  @Test
  void rejectsCaseWithoutDockerfile() throws IOException {
    Files.createDirectories(folder.resolve("run/empty"));

    assertThatThrownBy(() -> Cases.below(folder))
        .hasMessageEndingWith("run/empty has no Dockerfile");
  }

  private void dockerfile(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name).resolve("Dockerfile"), text);
  }

  private void properties(String text) throws IOException {
    Files.writeString(folder.resolve("copy/one/case.properties"), text);
  }
}
