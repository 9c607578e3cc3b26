package dev.stagewright.cache.key;

import dev.stagewright.layers.oci.Digest;
import dev.stagewright.protocol.RunMount;
import dev.stagewright.protocol.RunOptions;
import dev.stagewright.protocol.Step;
import dev.stagewright.protocol.Step.CopyFrom;
import java.util.ArrayList;
import java.util.List;

/**
 * The inputs of a step, apart from the files that it reads from outside of its stage, and apart
 * from all that cannot change its result: positions in the Dockerfile, ids of stages in the plan,
 * proxies that no ARG declares, and how cache mounts are shared.
 */
final class StepInputs {
  private static final String CONTEXT = "the build context";
  private static final String STAGE = "a stage";

  private final List<KeyInput> shown = new ArrayList<>();
  private final List<Digest> digests = new ArrayList<>();

  private StepInputs() {}

  static StepInputs of(Step step, StageDefinitions definitions) {
    var inputs = new StepInputs();
    switch (step) {
      case Step.Run run -> inputs.addRun(run, definitions);
      case Step.Copy copy -> inputs.addCopy(copy);
      case Step.Workdir workdir -> {
        inputs.add("instruction", "WORKDIR");
        inputs.add("working directory", workdir.path());
        inputs.add("user", workdir.user());
      }
    }
    return inputs;
  }

  /** The inputs in a form for people. */
  List<KeyInput> shown() {
    return List.copyOf(shown);
  }

  /** Adds the complete inputs. */
  void addTo(KeyHash hash) {
    hash.add(shown.size());
    for (var i = 0; i < digests.size(); i++) {
      hash.add(shown.get(i).name()).add(digests.get(i));
    }
  }

  private void addRun(Step.Run run, StageDefinitions definitions) {
    add("instruction", "RUN");
    add("command", run.command());
    for (var script : run.scripts()) {
      add("script " + script.name(), script.content());
    }
    // In their order, since a command sees it. As in BuildKit, ARGs count as soon as they are
    // declared.
    run.environment()
        .forEach((name, value) -> {
          if (!run.surroundings().proxies().contains(name)) {
            add(
                ShownValue.ofVariable(name, value),
                KeyHash.of("value").add(List.of(value)).digest());
          }
        });
    add("working directory", run.workingDirectory());
    add("user", run.user());
    var options = run.surroundings();
    if (options.network() != RunOptions.Network.DEFAULT) {
      add("network", options.network().name());
    }
    if (options.insecure()) {
      add("security", "insecure");
    }
    for (var i = 0; i < options.mounts().size(); i++) {
      add("mount " + (i + 1), mount(options.mounts().get(i), definitions));
    }
  }

  private static List<String> mount(RunMount mount, StageDefinitions definitions) {
    return switch (mount) {
      case RunMount.Bind bind ->
          List.of(
              "type=bind",
              "source=" + bind.path(),
              "target=" + bind.target(),
              "readonly=" + bind.readOnly(),
              "from=" + kind(bind.from()));
      case RunMount.Cache cache -> {
        var values = new ArrayList<String>();
        values.add("type=cache");
        values.add("id=" + cache.id());
        values.add("source=" + cache.path());
        values.add("target=" + cache.target());
        values.add("readonly=" + cache.readOnly());
        cache.seed().ifPresent(seed -> values.add("from=" + definitions.of(seed).hex()));
        cache
            .attributes()
            .ifPresent(
                it -> values.add("mode=%o,uid=%d,gid=%d".formatted(it.mode(), it.uid(), it.gid())));
        yield values;
      }
      case RunMount.Tmpfs tmpfs -> {
        var values = new ArrayList<String>();
        values.add("type=tmpfs");
        values.add("target=" + tmpfs.target());
        tmpfs.size().ifPresent(size -> values.add("size=" + size));
        yield values;
      }
      case RunMount.Secret secret -> {
        var values = new ArrayList<String>();
        values.add("type=secret");
        values.add("id=" + secret.id());
        secret.target().ifPresent(target -> values.add("target=" + target));
        secret.variable().ifPresent(variable -> values.add("env=" + variable));
        values.add("mode=%o,uid=%d,gid=%d".formatted(secret.mode(), secret.uid(), secret.gid()));
        yield values;
      }
      case RunMount.Ssh ssh ->
          List.of(
              "type=ssh",
              "id=" + ssh.id(),
              "target=" + ssh.target(),
              "mode=%o,uid=%d,gid=%d".formatted(ssh.mode(), ssh.uid(), ssh.gid()));
    };
  }

  private void addCopy(Step.Copy copy) {
    add("instruction", "COPY");
    // Files of stages keep their owners, others do not.
    add("from", kind(copy.from()));
    add("sources", copy.sources());
    add("destination", copy.destination());
    for (var i = 0; i < copy.files().size(); i++) {
      var file = copy.files().get(i);
      add("heredoc " + (i + 1), List.of(file.name(), file.content()));
    }
    copy.chown().ifPresent(chown -> add("--chown", chown));
    copy.chmod().ifPresent(chmod -> add("--chmod", chmod));
    if (!copy.exclude().isEmpty()) {
      add("--exclude", copy.exclude());
    }
    if (copy.parents()) {
      add("--parents", "true");
    }
    if (copy.link()) {
      add("--link", "true");
    }
    if (copy.unpack()) {
      add("--unpack", "true");
    }
    for (var i = 0; i < copy.remotes().size(); i++) {
      var remote = copy.remotes().get(i);
      add(
          "remote source " + (i + 1),
          List.of(
              remote.path(), Integer.toString(remote.after()), Boolean.toString(remote.unpack())));
    }
  }

  private static String kind(CopyFrom from) {
    return switch (from) {
      case CopyFrom.Context _ -> CONTEXT;
      case CopyFrom.Stage _ -> STAGE;
    };
  }

  private void add(String name, String value) {
    add(name, List.of(value));
  }

  private void add(String name, List<String> values) {
    add(ShownValue.of(name, values), KeyHash.of("value").add(values).digest());
  }

  private void add(KeyInput input, Digest digest) {
    shown.add(input);
    digests.add(digest);
  }
}
