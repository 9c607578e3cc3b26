package dev.stagewright.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page about security lists each permission of the operator, and no other. */
class PermissionsTest {
  private static final Pattern ROW =
      Pattern.compile("\\| `([a-z/]+)` \\| (`[a-z`, ]+`) \\| (.+) \\|");
  private static final Chart.Objects OBJECTS = Chart.render("{}");

  @Test
  void everyPermissionInWatchedNamespacesIsExplained() throws Exception {
    assertThat(documented("## Permissions of the operator", "In its own namespace only:"))
        .isEqualTo(permissions(OBJECTS.named("ClusterRole", "stagewright")));
  }

  @Test
  void everyPermissionInTheOwnNamespaceIsExplained() throws Exception {
    assertThat(documented("In its own namespace only:", "## Roles for users"))
        .isEqualTo(permissions(OBJECTS.named("Role", "stagewright-self")));
  }

  @Test
  void aNamespacedOperatorHasTheSamePermissions() {
    var namespaced = Chart.render("config: {watchNamespaces: [team]}");
    var all =
        Stream.concat(
                permissions(namespaced.named("Role", "stagewright")).stream(),
                permissions(namespaced.named("ClusterRole", "stagewright")).stream())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(all).isEqualTo(permissions(OBJECTS.named("ClusterRole", "stagewright")));
  }

  @Test
  void nothingIsAllowedForSecretsTokensOrRoles() {
    for (var role : OBJECTS.all()) {
      assertThat(permissions(role))
          .noneMatch(it -> it.startsWith("secrets") || it.contains("*") || it.contains("token"))
          .noneMatch(
              it -> it.contains("role") || it.contains("exec") || it.contains("impersonate"));
    }
  }

  @Test
  void userRolesAreAddedToThoseOfKubernetes() {
    assertThat(aggregation("stagewright-view")).containsExactlyInAnyOrder("view", "edit", "admin");
    assertThat(aggregation("stagewright-edit")).containsExactlyInAnyOrder("edit", "admin");
    assertThat(aggregation("stagewright-ci")).isEmpty();
    assertThat(permissions(OBJECTS.named("ClusterRole", "stagewright-view")))
        .containsExactly("imagebuilds get", "imagebuilds list", "imagebuilds watch");
    assertThat(permissions(OBJECTS.named("ClusterRole", "stagewright-ci")))
        .contains("pods/attach create", "pods/log get")
        .doesNotContain("pods create", "pods/exec create");
  }

  private static Set<String> aggregation(String role) {
    var prefix = "rbac.authorization.k8s.io/aggregate-to-";
    return OBJECTS.named("ClusterRole", role).at("/metadata/labels").properties().stream()
        .map(label -> label.getKey())
        .filter(label -> label.startsWith(prefix))
        .map(label -> label.substring(prefix.length()))
        .collect(Collectors.toSet());
  }

  /** Each as {@code pods create}. */
  private static Set<String> permissions(JsonNode role) {
    var permissions = new TreeSet<String>();
    for (var rule : role.path("rules")) {
      for (var resource : rule.path("resources")) {
        rule.path("verbs")
            .forEach(verb -> permissions.add(resource.asText() + " " + verb.asText()));
      }
    }
    return permissions;
  }

  private static Set<String> documented(String from, String to) throws Exception {
    var page = Files.readString(Chart.REPOSITORY.resolve("docs/security.md"));
    var permissions = new TreeSet<String>();
    page.substring(page.indexOf(from), page.indexOf(to))
        .lines()
        .map(ROW::matcher)
        .filter(row -> row.matches())
        .forEach(row ->
            Arrays.stream(row.group(2).split(", "))
                .forEach(verb -> permissions.add(row.group(1) + " " + verb.replace("`", ""))));
    return permissions;
  }
}
