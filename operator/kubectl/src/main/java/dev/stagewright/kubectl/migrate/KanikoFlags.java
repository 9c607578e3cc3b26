package dev.stagewright.kubectl.migrate;

import static dev.stagewright.kubectl.migrate.KanikoFlag.Kind.SWITCH;
import static dev.stagewright.kubectl.migrate.KanikoFlag.Kind.SWITCH_ON;
import static dev.stagewright.kubectl.migrate.KanikoFlag.Kind.VALUE;
import static dev.stagewright.kubectl.migrate.KanikoFlag.Support.ELSEWHERE;
import static dev.stagewright.kubectl.migrate.KanikoFlag.Support.FIELD;
import static dev.stagewright.kubectl.migrate.KanikoFlag.Support.NOT_NEEDED;
import static dev.stagewright.kubectl.migrate.KanikoFlag.Support.NOT_SUPPORTED;
import static dev.stagewright.kubectl.migrate.KanikoFlag.Support.OPERATOR;

import dev.stagewright.kubectl.migrate.KanikoFlag.Kind;
import dev.stagewright.kubectl.migrate.KanikoFlag.Support;
import java.util.List;
import java.util.Optional;

/** All flags of the kaniko executor, of the original project and of its successor. */
final class KanikoFlags {
  static final List<KanikoFlag> ALL =
      List.of(
          flag("--annotation", VALUE, FIELD, "`output.annotations`"),
          flag(
              "--azure-container-registry-config",
              VALUE,
              NOT_SUPPORTED,
              "Store the account in a Secret of type kubernetes.io/dockerconfigjson, and set"
                  + " `output.credentials`."),
          flag(
              "--bucket",
              VALUE,
              NOT_SUPPORTED,
              "Buckets are not a source. Set `source.http` to a URL of the archive with a"
                  + " signature.",
              "-b"),
          flag(
              "--build-arg",
              VALUE,
              FIELD,
              "`buildArgs`. Without a value, kaniko takes that of its environment, which an"
                  + " ImageBuild does not have."),
          flag(
              "--cache", SWITCH, FIELD, "The cache is on by default; `cache.disabled` with false."),
          flag(
              "--cache-copy-layers",
              SWITCH,
              NOT_NEEDED,
              "The results of all instructions are cached."),
          flag("--cache-dir", VALUE, NOT_NEEDED, "The nodes keep base images."),
          flag(
              "--cache-repo",
              VALUE,
              FIELD,
              "`cache.repository`. The records have another format, so the first build starts"
                  + " without a cache."),
          flag(
              "--cache-run-layers",
              SWITCH_ON,
              NOT_SUPPORTED,
              "The results of single kinds of instructions cannot be left out of the cache; set"
                  + " `cache.disabled` to use none."),
          flag("--cache-ttl", VALUE, FIELD, "`cache.ttl`"),
          flag("--cleanup", SWITCH, NOT_NEEDED, "Each stage has its own Pod."),
          flag("--compressed-caching", SWITCH_ON, NOT_NEEDED, "Layers are compressed as a stream."),
          flag("--compression", VALUE, FIELD, "`output.compression`"),
          flag(
              "--compression-level",
              VALUE,
              NOT_SUPPORTED,
              "The level is fixed, so that equal files give equal layers."),
          flag(
              "--context",
              VALUE,
              FIELD,
              "`source`: `git` for `git://…`, `http` for `https://…`. Other contexts need another"
                  + " source, see [above](#the-context).",
              "-c"),
          flag(
              "--context-sub-path",
              VALUE,
              FIELD,
              "`source.git.directory`, `source.http.directory`"),
          flag(
              "--custom-platform",
              VALUE,
              FIELD,
              "`podTemplate.spec.nodeSelector`: stages run on nodes of this platform, without"
                  + " emulation.",
              "--customPlatform"),
          flag(
              "--destination",
              VALUE,
              FIELD,
              "`output.image`; further ones are `output.tags` in the same repository, and"
                  + " `output.additionalImages` in others.",
              "-d"),
          flag(
              "--digest-file",
              VALUE,
              ELSEWHERE,
              "The digest is in the status: `.status.image.digest`."),
          flag("--dockerfile", VALUE, FIELD, "`dockerfile`", "-f"),
          flag("--force", SWITCH, NOT_NEEDED, "There is no check for a container."),
          flag(
              "--force-build-metadata",
              SWITCH,
              NOT_NEEDED,
              "Instructions that only change metadata never make a layer."),
          flag(
              "--git",
              VALUE,
              FIELD,
              "`branch=…` is `source.git.revision`; submodules are always fetched;"
                  + " `insecure-skip-tls` is not supported."),
          flag(
              "--ignore-path",
              VALUE,
              NOT_SUPPORTED,
              "Files that an instruction leaves are part of its layer. Mount the path with `RUN"
                  + " --mount=type=cache` or `type=tmpfs`, or delete the files in the same RUN."),
          flag(
              "--ignore-var-run",
              SWITCH_ON,
              NOT_NEEDED,
              "Files that instructions write to /var/run are part of the layer; files of"
                  + " Kubernetes are not.",
              "--whitelist-var-run"),
          flag("--image-download-retry", VALUE, NOT_NEEDED, "Requests are always retried."),
          flag("--image-fs-extract-retry", VALUE, NOT_NEEDED, "Kubelets pull base images."),
          flag(
              "--image-name-tag-with-digest-file",
              VALUE,
              ELSEWHERE,
              "The names are in the status: `.status.image.reference` and `.status.image.digest`."),
          flag(
              "--image-name-with-digest-file",
              VALUE,
              ELSEWHERE,
              "The name is in the status: `.status.image.pinned`."),
          flag("--insecure", SWITCH, FIELD, "`output.insecure`"),
          flag(
              "--insecure-pull",
              SWITCH,
              OPERATOR,
              "`registries[].plainHttp` for the registries of base images; nodes need it too."),
          flag(
              "--insecure-registry",
              VALUE,
              OPERATOR,
              "`output.insecure` for the registry of the output, `registries[].plainHttp` for"
                  + " others."),
          flag("--kaniko-dir", VALUE, NOT_NEEDED, "There is no such directory."),
          flag("--label", VALUE, FIELD, "`output.labels`"),
          flag("--log-format", VALUE, NOT_NEEDED, "`stagewright logs -f BUILD` shows the log."),
          flag("--log-timestamp", SWITCH, ELSEWHERE, "`stagewright logs --timestamps BUILD`"),
          flag(
              "--no-push",
              SWITCH,
              NOT_SUPPORTED,
              "A build always pushes its image. Push it to a repository for tests."),
          flag("--no-push-cache", SWITCH, FIELD, "`cache.readOnly`"),
          flag(
              "--oci-layout-path",
              VALUE,
              NOT_SUPPORTED,
              "Pull the image from the registry, for example with `crane pull --format=oci`."),
          flag(
              "--push-ignore-immutable-tag-errors",
              SWITCH,
              NOT_SUPPORTED,
              "A push of the image that an immutable tag already refers to succeeds; another image"
                  + " fails."),
          flag("--push-retry", VALUE, NOT_NEEDED, "Requests are always retried."),
          flag(
              "--registry-certificate",
              VALUE,
              OPERATOR,
              "`output.caBundle` for the registry of the output, `registries[].caBundle` for"
                  + " others."),
          flag("--registry-client-cert", VALUE, OPERATOR, "`registries[].tls`"),
          flag(
              "--registry-map",
              VALUE,
              OPERATOR,
              "`registries[].mirror` or `registries[].rewrites`; nodes need it too."),
          flag(
              "--registry-mirror",
              VALUE,
              OPERATOR,
              "`registries[].mirror` for docker.io; nodes need it too."),
          flag("--reproducible", SWITCH, FIELD, "`output.sourceDateEpoch: 0`"),
          flag(
              "--single-snapshot",
              SWITCH,
              NOT_SUPPORTED,
              "Each instruction that changes files makes a layer."),
          flag(
              "--skip-default-registry-fallback",
              SWITCH,
              OPERATOR,
              "`registries[].rewrites` instead of `registries[].mirror`"),
          flag(
              "--skip-push-permission-check",
              SWITCH,
              NOT_NEEDED,
              "The check runs while the source is fetched, so it takes no time."),
          flag(
              "--skip-tls-verify",
              SWITCH,
              NOT_SUPPORTED,
              "Trust the certificate of the registry with `output.caBundle`."),
          flag(
              "--skip-tls-verify-pull",
              SWITCH,
              NOT_SUPPORTED,
              "Trust the certificate with `registries[].caBundle` in the configuration of the"
                  + " operator."),
          flag(
              "--skip-tls-verify-registry",
              VALUE,
              NOT_SUPPORTED,
              "Trust the certificate with `output.caBundle`, or `registries[].caBundle` in the"
                  + " configuration of the operator."),
          flag("--skip-unused-stages", SWITCH, NOT_NEEDED, "Unused stages are never built."),
          flag(
              "--snapshot-mode",
              VALUE,
              NOT_NEEDED,
              "Changed files are found exactly in any mode, including the content of files.",
              "--snapshotMode"),
          flag(
              "--tar-path",
              VALUE,
              NOT_SUPPORTED,
              "Pull the image from the registry, for example with `crane pull`.",
              "--tarPath"),
          flag("--target", VALUE, FIELD, "`target`"),
          flag("--use-new-run", SWITCH, NOT_NEEDED, "There is one implementation of RUN."),
          flag(
              "--verbosity",
              VALUE,
              NOT_NEEDED,
              "`stagewright logs -f BUILD` shows the log.",
              "-v"));

  private KanikoFlags() {}

  /** The flag with this name. */
  static Optional<KanikoFlag> named(String name) {
    return ALL.stream().filter(flag -> flag.isNamed(name)).findFirst();
  }

  private static KanikoFlag flag(
      String name, Kind kind, Support support, String effect, String... aliases) {
    return new KanikoFlag(name, List.of(aliases), kind, support, effect);
  }
}
