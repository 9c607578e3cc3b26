package dev.stagewright.stage.mount;

import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.RunMount;
import dev.stagewright.stage.ssh.KeyException;
import dev.stagewright.stage.ssh.KeyFile;
import dev.stagewright.stage.ssh.SshKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The private keys of SSH agents: directories of files by id. */
final class SshAgents {
  private final Path folder;

  SshAgents(Path folder) {
    this.folder = folder;
  }

  /**
   * The keys of an agent; none if the build does not have the agent and it is not required.
   *
   * @throws MountException if required keys are missing or a file is a key that cannot be used
   */
  List<SshKey> keys(RunMount.Ssh ssh) throws IOException, MountException {
    var keys = new ArrayList<SshKey>();
    for (var file : files(folder.resolve(ssh.id()).normalize())) {
      var text = Files.readString(file, StandardCharsets.ISO_8859_1);
      try {
        KeyFile.parse(text, String.valueOf(file.getFileName())).ifPresent(keys::add);
      } catch (KeyException e) {
        throw new MountException(
            FailureReason.RunFailed,
            "SSH key \"" + file.getFileName() + "\" of \"" + ssh.id() + "\": " + e.getMessage());
      }
    }
    if (keys.isEmpty() && ssh.required()) {
      throw new MountException(
          FailureReason.SecretNotFound,
          "SSH key \"" + ssh.id() + "\" not found: add keys with this id to spec.ssh");
    }
    return keys;
  }

  private List<Path> files(Path keys) throws IOException {
    if (!keys.startsWith(folder) || !Files.isDirectory(keys)) {
      return List.of();
    }
    try (var list = Files.list(keys)) {
      return list.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
