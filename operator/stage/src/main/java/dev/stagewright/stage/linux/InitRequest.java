package dev.stagewright.stage.linux;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What {@code init.c} is told: 32-bit numbers in the machine's order, and strings that end in zero.
 */
final class InitRequest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /**
   * The request to run a command.
   *
   * @param file the program's own file, which it removes; empty to keep it
   * @param place where it puts its {@code /proc} together
   * @param privileges of the command; files of the kernel are kept from those that have not all of
   *     them
   * @param filter the system calls that are left to it, as the kernel takes them
   */
  static byte[] of(
      Command command, String file, String place, Privileges privileges, byte[] filter) {
    var request = new InitRequest();
    var isConfined = privileges != Privileges.ALL;
    var capabilities = isConfined ? Capabilities.DEFAULT : ~0L;
    request.number((int) capabilities);
    request.number((int) (capabilities >>> 32));
    request.credentials(command.credentials());
    request.number(filter.length / SystemCallFilter.INSTRUCTION);
    request.bytes.writeBytes(filter);
    request.string(file);
    request.string(place);
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
      throw new IllegalArgumentException("a zero byte in a command: " + text.replace('\0', '?'));
    }
    bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    bytes.write(0);
  }

  private void strings(List<String> texts) {
    number(texts.size());
    texts.forEach(this::string);
  }
}
