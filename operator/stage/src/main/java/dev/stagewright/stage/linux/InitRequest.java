package dev.stagewright.stage.linux;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The request to {@code init.c}: 32-bit numbers in the byte order of the machine, and
 * null-terminated strings.
 */
final class InitRequest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /**
   * The request to run a command.
   *
   * @param file file of the program, which the program removes; empty to keep it
   * @param procDirectory directory in which {@code /proc} is mounted first
   * @param privileges privileges of the command; unless it has all, files of the kernel are masked
   * @param filter system call filter in the format of the kernel
   */
  static byte[] of(
      Command command, String file, String procDirectory, Privileges privileges, byte[] filter) {
    var request = new InitRequest();
    var isConfined = privileges != Privileges.ALL;
    var capabilities = isConfined ? Capabilities.DEFAULT : ~0L;
    request.number((int) capabilities);
    request.number((int) (capabilities >>> 32));
    request.credentials(command.credentials());
    request.number(filter.length / SystemCallFilter.INSTRUCTION);
    request.bytes.writeBytes(filter);
    request.string(file);
    request.string(procDirectory);
    request.strings(isConfined ? MaskedKernelPaths.HIDDEN : List.of(MaskedKernelPaths.UNREADABLE));
    request.strings(isConfined ? MaskedKernelPaths.READ_ONLY : List.of());
    request.string(command.workingDirectory());
    request.string(command.program());
    request.strings(command.arguments());
    request.strings(
        command.environment().entrySet().stream()
            .map(variable -> variable.getKey() + "=" + variable.getValue())
            .toList());
    return request.bytes.toByteArray();
  }

  private void credentials(ProcessCredentials credentials) {
    number((int) credentials.uid());
    number((int) credentials.gid());
    number(credentials.groups().size());
    credentials.groups().forEach(group -> number(group.intValue()));
  }

  private void number(int value) {
    bytes.writeBytes(
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.nativeOrder()).putInt(value).array());
  }

  private void string(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "the command contains a null byte: " + text.replace('\0', '?'));
    }
    bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    bytes.write(0);
  }

  private void strings(List<String> texts) {
    number(texts.size());
    texts.forEach(this::string);
  }
}
