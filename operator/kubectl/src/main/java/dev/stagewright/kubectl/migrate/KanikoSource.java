package dev.stagewright.kubectl.migrate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Converts the context and the Dockerfile of kaniko to the source of an ImageBuild. */
record KanikoSource(KanikoArguments arguments, List<MigrationNote> notes) {
  private static final String GIT = "git://";
  private static final String HTTPS = "https://";
  private static final String DIRECTORY = "dir://";
  private static final String SUB_PATH = "--context-sub-path";
  private static final String DEFAULT_DOCKERFILE = "Dockerfile";
  private static final String BRANCH = "branch=";

  void addTo(ObjectNode spec) {
    var context = arguments.last("--context").orElse("/workspace/");
    if (context.startsWith(GIT)) {
      git(context.substring(GIT.length()), spec.putObject("source").putObject("git"));
    } else if (context.startsWith(HTTPS)) {
      archive(context, spec.putObject("source").putObject("http"));
    } else {
      notes.add(MigrationNote.todo(missing(context)));
      arguments
          .last(SUB_PATH)
          .ifPresent(path ->
              notes.add(
                  MigrationNote.todo(
                      SUB_PATH + " " + path + ": the root of the source must be this directory")));
    }
    dockerfile(context).ifPresent(path -> spec.put("dockerfile", path));
  }

  private void archive(String url, ObjectNode http) {
    http.put("url", url);
    arguments.last(SUB_PATH).ifPresent(path -> http.put("directory", path));
    notes.add(
        MigrationNote.note(
            "if the archive is private, such as a blob of Azure, set spec.source.http.credentials, or"
                + " use a URL with a signature; set spec.source.http.digest to its checksum"));
  }

  private void git(String context, ObjectNode git) {
    var parts = context.split("#", -1);
    var host =
        parts[0].substring(
            0, parts[0].indexOf('/') < 0 ? parts[0].length() : parts[0].indexOf('/'));
    var at = host.lastIndexOf('@');
    if (at >= 0) {
      notes.add(
          MigrationNote.todo(
              "the URL of the context contains credentials: store them in a Secret of type"
                  + " kubernetes.io/basic-auth, and set spec.source.git.credentials"));
    } else {
      notes.add(
          MigrationNote.note(
              "if the repository is private, set spec.source.git.credentials to a Secret with the"
                  + " values of GIT_USERNAME and GIT_PASSWORD, or GIT_TOKEN"));
    }
    git.put("url", "https://" + parts[0].substring(at + 1));
    revision(parts).ifPresent(revision -> git.put("revision", revision));
    arguments.last(SUB_PATH).ifPresent(path -> git.put("directory", path));
    if (arguments.all("--git").stream().anyMatch("insecure-skip-tls=true"::equals)) {
      notes.add(
          MigrationNote.todo(
              "--git insecure-skip-tls=true is not supported: the certificate of the server must be"
                  + " trusted"));
    }
  }

  /** The commit, or else the reference, or else the branch of the flag. */
  private Optional<String> revision(String[] parts) {
    if (parts.length > 2 && !parts[2].isEmpty()) {
      return Optional.of(parts[2]);
    }
    return Optional.of(parts.length > 1 ? parts[1] : "")
        .filter(reference -> !reference.isEmpty())
        .map(reference -> reference.replaceFirst("^refs/(heads|tags)/", ""))
        .or(() ->
            arguments.all("--git").stream()
                .filter(option -> option.startsWith(BRANCH))
                .map(option -> option.substring(BRANCH.length()))
                .reduce((_, later) -> later));
  }

  private static String missing(String context) {
    var source = "spec.source is missing: ";
    if (context.startsWith("s3://") || context.startsWith("gs://")) {
      return source
          + "the context "
          + context
          + " is an archive in a bucket; set spec.source.http to a URL of the archive with a"
          + " signature, or use spec.source.git";
    }
    if (context.startsWith("tar://")) {
      return source
          + "the context "
          + context
          + " is an archive; unpack it to a volume, and set spec.source.persistentVolumeClaim";
    }
    return source
        + "the context "
        + context
        + " is a directory of kaniko's Pod; if a claim is mounted there, set"
        + " spec.source.persistentVolumeClaim, if an init container clones a repository, set"
        + " spec.source.git";
  }

  private Optional<String> dockerfile(String context) {
    var path = arguments.last("--dockerfile").orElse(DEFAULT_DOCKERFILE);
    if (path.matches("https?://.*")) {
      notes.add(
          MigrationNote.todo(
              "--dockerfile " + path + ": the Dockerfile must be in the source; copy it there"));
      return Optional.empty();
    }
    var root = directory(context);
    if (path.startsWith("/") && !path.startsWith(root)) {
      notes.add(
          MigrationNote.todo(
              "--dockerfile "
                  + path
                  + ": the path must be relative to the root of the source; set spec.dockerfile"));
      return Optional.empty();
    }
    var relative = path.startsWith("/") ? path.substring(root.length()) : path;
    return Optional.of(relative.replaceFirst("^\\./", ""))
        .filter(it -> !it.equals(DEFAULT_DOCKERFILE));
  }

  /** The directory of a local context, with a slash at its end. */
  private static String directory(String context) {
    var path = context.startsWith(DIRECTORY) ? context.substring(DIRECTORY.length()) : context;
    return path.endsWith("/") ? path : path + "/";
  }
}
