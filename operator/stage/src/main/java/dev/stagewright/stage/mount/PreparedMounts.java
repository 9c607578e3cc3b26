package dev.stagewright.stage.mount;

import dev.stagewright.stage.sandbox.SandboxMount;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The prepared mounts of one command. Closing releases their locks and files. */
public final class PreparedMounts implements Closeable {
  private final List<SandboxMount> mounts = new ArrayList<>();
  private final Map<String, String> environment = new LinkedHashMap<>();
  private final ArrayDeque<Closeable> held = new ArrayDeque<>();

  PreparedMounts() {}

  void add(SandboxMount mount) {
    mounts.add(mount);
  }

  void variable(String name, String value) {
    environment.put(name, value);
  }

  void hold(Closeable resource) {
    held.push(resource);
  }

  /** Sorts mounts by target as BuildKit does, so that a nested mount comes after its parent. */
  public List<SandboxMount> mounts() {
    return mounts.stream().sorted(Comparator.comparing(SandboxMount::target)).toList();
  }

  /** The environment variables of the mounts. */
  public Map<String, String> environment() {
    return Collections.unmodifiableMap(environment);
  }

  @Override
  public void close() throws IOException {
    while (!held.isEmpty()) {
      held.pop().close();
    }
  }
}
