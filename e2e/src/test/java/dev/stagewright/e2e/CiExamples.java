package dev.stagewright.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The examples of CI jobs in the cluster, {@code deploy/ci}. */
final class CiExamples {
  private static final YAMLMapper YAML = new YAMLMapper();

  private CiExamples() {}

  /**
   * The script of a job.
   *
   * @param result the file to which the script writes the image or its digest, or the name of the
   *     variable with that file
   */
  record Job(String system, String script, String result) {
    @Override
    public String toString() {
      return system;
    }
  }

  /** The examples that are shell scripts. */
  static Stream<Job> jobs() {
    return Stream.of(
        new Job(
            "Tekton Task",
            read("tekton-task.yaml").at("/spec/steps/0/script").asText(),
            "IMAGE_DIGEST"),
        new Job(
            "Tekton StepAction",
            read("tekton-stepaction.yaml").at("/spec/script").asText(),
            "DIGEST"),
        new Job("GitLab", read("gitlab-ci.yml").at("/build-image/script/0").asText(), "image.env"),
        new Job(
            "GitHub",
            read("github-actions.yml").at("/jobs/image/steps/0/run").asText(),
            "GITHUB_OUTPUT"),
        new Job("Jenkins", jenkins(), "image.txt"),
        new Job(
            "Kubernetes Job",
            read("job.yaml").at("/spec/template/spec/containers/0/args/0").asText(),
            "/dev/termination-log"));
  }

  /** The pipeline runs the text between three quotes without its indentation. */
  private static String jenkins() {
    var text = text("Jenkinsfile");
    var start = text.indexOf("sh(script: '''") + "sh(script: '''".length();
    return text.substring(start, text.indexOf("'''.stripIndent()", start)).stripIndent();
  }

  /** The template of Argo Workflows that creates the ImageBuild. */
  static JsonNode argoResource() {
    return template("build").path("resource");
  }

  /** The script of Argo Workflows that follows the log. */
  static String argoLog() {
    return template("log").at("/container/args/0").asText();
  }

  private static JsonNode template(String name) {
    return StreamSupport.stream(
            read("argo-workflows.yaml").at("/spec/templates").spliterator(), false)
        .filter(template -> template.path("name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** The service account, its role, and the binding. */
  static String rbac() {
    return text("rbac.yaml");
  }

  static List<JsonNode> documents(String file) {
    try {
      return YAML.readerFor(JsonNode.class).<JsonNode>readValues(text(file)).readAll();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode read(String file) {
    return documents(file).getFirst();
  }

  private static String text(String file) {
    try {
      return Files.readString(folder().resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path folder() {
    return LocalCluster.repository().resolve("deploy/ci");
  }
}
