package dev.stagewright.stage.sandbox;

import dev.stagewright.layers.tar.RawName;
import dev.stagewright.protocol.Mounts;
import dev.stagewright.stage.files.FileCreator;
import dev.stagewright.stage.linux.InitProgram;
import dev.stagewright.stage.linux.MaskedKernelPaths;
import dev.stagewright.stage.linux.MountCalls;
import dev.stagewright.stage.linux.RootFileSystem;
import dev.stagewright.stage.path.LinkResolver;
import dev.stagewright.stage.path.RootedPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Mounts into the root of a command, on the thread that starts the command. */
final class CommandMounts {
  private static final String PROCESSES = "/proc";
  private static final List<String> WITH_CHILDREN = List.of(PROCESSES, "/sys");
  private static final List<String> NAME_RESOLUTION = List.of("/etc/resolv.conf", "/etc/hosts");

  /** The directory of the devices of commands. */
  static final String DEVICES = "/dev";

  private static final String SHARED_MEMORY = "/dev/shm";
  private static final String NETWORK_DEVICES = "/sys/class/net";
  private static final String LOOPBACK = "../../devices/virtual/net/lo";

  /**
   * Not bound from the container: each command has its own shared memory, and the other mounts are
   * for the runtime.
   */
  private static final Set<String> NOT_FOR_COMMANDS =
      Set.of("shm", "termination-log", Mounts.ROOT.substring(DEVICES.length() + 1));

  private final Path root;
  private final Path scratch;
  private final MountTargets stubs = new MountTargets();
  private final ArrayDeque<String> targets = new ArrayDeque<>();

  /**
   * Mounts for one command.
   *
   * @param scratch empty directory
   */
  CommandMounts(Path root, Path scratch) {
    this.root = root;
    this.scratch = scratch;
  }

  /** Raw paths of the mounts, the last one first. */
  Collection<String> targets() {
    return Collections.unmodifiableCollection(targets);
  }

  /** Mounts what every container has, from the container of the stage. */
  void addContainers() throws IOException {
    for (var path : WITH_CHILDREN) {
      bind(Path.of(path), path, false);
    }
    addDevices();
    tmpfs(SHARED_MEMORY, "mode=1777");
    for (var path : NAME_RESOLUTION) {
      if (Files.exists(Path.of(path))) {
        bind(Path.of(path), path, false);
      }
    }
  }

  /**
   * Mounts the devices of the container in a directory that is removed after the command, with all
   * files that were created in it.
   */
  private void addDevices() throws IOException {
    tmpfs(DEVICES, "mode=755,size=65536k");
    try (var container = RootFileSystem.open(Path.of(DEVICES))) {
      for (var name : container.list("")) {
        if (!NOT_FOR_COMMANDS.contains(name)) {
          addDevice(name, container.readLink(name));
        }
      }
    }
  }

  /**
   * Adds the program that starts the command to the devices; the program removes its file when it
   * starts.
   */
  void addInit(InitProgram init) throws IOException {
    try (var files = RootFileSystem.open(root)) {
      var devices = new LinkResolver(files::readLink).resolve(DEVICES);
      init.copyTo(root.resolve(RawName.text(devices)));
    }
  }

  /**
   * Hides the process of the runtime from a command in the same PID namespace: a program that
   * visits all processes would fail at unreadable files, and it would find a Java that does not
   * belong to the stage.
   */
  void hideRuntime() throws IOException {
    tmpfs(PROCESSES + "/" + ProcessHandle.current().pid(), "mode=555");
    if (Files.isDirectory(Path.of(MaskedKernelPaths.UNREADABLE))) {
      tmpfs(MaskedKernelPaths.UNREADABLE, "mode=555");
    }
  }

  private void addDevice(String name, Optional<String> link) throws IOException {
    if (link.isPresent()) {
      link(DEVICES, name, link.get());
    } else {
      var path = DEVICES + "/" + name;
      bind(Path.of(path), path, false);
    }
  }

  private void link(String directory, String name, String target) throws IOException {
    try (var files = RootFileSystem.open(root)) {
      var path = new LinkResolver(files::readLink).resolve(directory) + "/" + name;
      files.makeSymlink(target, path);
    }
  }

  /**
   * Shows a command with its own network namespace only the interfaces of that namespace. A
   * separate {@code /sys} would require more privileges than the user namespace of a Pod has.
   */
  void hideNetwork() throws IOException {
    tmpfs(NETWORK_DEVICES, "mode=755");
    link(NETWORK_DEVICES, "lo", LOOPBACK);
  }

  /** Mounts a mount of the command. */
  void add(SandboxMount mount) throws IOException {
    switch (mount) {
      case SandboxMount.Tmpfs(var target, var size) ->
          tmpfs(target, size.map(bytes -> "size=" + bytes).orElse(""));
      case SandboxMount.Bind(var target, var source, var writes) -> {
        switch (writes) {
          case REFUSED -> bind(source, target, true);
          case KEPT -> bind(source, target, false);
          case DISCARDED -> discarding(source, target);
        }
      }
    }
  }

  private void bind(Path source, String target, boolean readOnly) throws IOException {
    var mountPoint = createTarget(target, Files.isDirectory(source));
    var calls = new MountCalls();
    calls.bind(RawName.of(source.toString()), mountPoint);
    if (readOnly) {
      calls.makeReadOnly(mountPoint);
    }
  }

  private void tmpfs(String target, String options) throws IOException {
    new MountCalls().tmpfs(createTarget(target, true), options);
  }

  /** Mounts a copy, if one is needed; of a directory only written files are copied. */
  private void discarding(Path source, String target) throws IOException {
    var own = Files.createDirectory(scratch.resolve(Integer.toString(targets.size())));
    if (!Files.isDirectory(source)) {
      var copy = own.resolve("file");
      Files.copy(source, copy, StandardCopyOption.COPY_ATTRIBUTES);
      bind(copy, target, false);
      return;
    }
    var layers = Files.createDirectory(own.resolve("layers"));
    Files.createSymbolicLink(layers.resolve("source"), source);
    var upper = Files.createDirectory(own.resolve("upper"));
    var work = Files.createDirectory(own.resolve("work"));
    matchRoot(source, upper);
    new MountCalls()
        .overlay(
            createTarget(target, true),
            "userxattr,lowerdir="
                + RawName.of(layers.resolve("source").toString())
                + ",upperdir="
                + RawName.of(upper.toString())
                + ",workdir="
                + RawName.of(work.toString())
                + ",index=off,volatile");
  }

  /** An overlay has the owner, mode and time of its upper directory. */
  private static void matchRoot(Path source, Path upper) throws IOException {
    try (var from = RootFileSystem.open(source);
        var to = RootFileSystem.open(upper)) {
      var status = from.status("").orElseThrow();
      to.setOwner("", status.uid(), status.gid());
      to.setMode("", status.mode());
      to.setModified("", status.mtimeSeconds(), status.mtimeNanos());
    }
  }

  /** Creates a target and returns its path for the kernel. */
  private String createTarget(String target, boolean directory) throws IOException {
    try (var files = RootFileSystem.open(root)) {
      var path = new LinkResolver(files::readLink).resolve(target);
      if (path.isEmpty()) {
        throw new SandboxUnavailableException("a mount over the root directory is not possible");
      }
      requireSameKind(files, path, directory);
      var inOther = targets.stream().anyMatch(other -> RootedPath.isWithin(path, other));
      // As in BuildKit, a target in another mount disappears with it or is created in its source.
      (inOther ? new MountTargets() : stubs).make(files, path, directory);
      targets.push(path);
      return RawName.of(root.toString()) + "/" + path;
    }
  }

  private static void requireSameKind(RootFileSystem files, String path, boolean directory)
      throws IOException {
    var status = files.status(path);
    if (status.isPresent() && status.get().isDirectory() != directory) {
      throw new IOException(
          "/"
              + RawName.text(path)
              + (directory
                  ? " is not a directory: a directory cannot be mounted there"
                  : " is a directory: a file cannot be mounted there"));
    }
  }

  /** Removes created mount points and temporary files. */
  void cleanUp(RootFileSystem files) throws IOException {
    stubs.remove(files);
    try (var left = RootFileSystem.open(scratch)) {
      var remover = new FileCreator(left);
      for (var name : left.list("")) {
        remover.remove(name);
      }
    }
  }
}
