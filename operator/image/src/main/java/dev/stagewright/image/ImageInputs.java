package dev.stagewright.image;

import dev.stagewright.layers.oci.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The inputs of the image.
 *
 * @param jdk the directory of the JDK that provides the runtime
 * @param target the build directory, with the class paths in {@code stage.classpath} and {@code
 *     full.classpath}, and the output
 * @param ownJar the jar with the command line
 * @param version the version of the project
 * @param time the time of all files
 */
record ImageInputs(Path jdk, Path target, Path ownJar, String version, Instant time) {

  static ImageInputs parse(List<String> args) {
    var target = Path.of(args.get(0));
    return new ImageInputs(
        Path.of(System.getProperty("java.home")),
        target,
        target.resolve(args.get(1)),
        args.get(2),
        Instant.parse(args.get(3)));
  }

  /** Returns the jars of a profile, in the order of the class path. */
  List<Path> jars(Profile profile) throws IOException {
    var classPath = Files.readString(target.resolve(profile.jars() + ".classpath")).strip();
    return Stream.concat(Stream.of(ownJar), Stream.of(classPath.split(":", -1)).map(Path::of))
        .toList();
  }

  /** Returns a digest that changes whenever the image has to be built again. */
  String digest() throws IOException {
    var sha256 = Digest.newMessageDigest();
    var files = new ArrayList<Path>();
    for (var profile : Profile.values()) {
      files.addAll(jars(profile));
    }
    files.addAll(CLibrary.sources());
    files.add(jdk.resolve("release"));
    files.addAll(ownClasses());
    for (var file : files) {
      sha256.update(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
      sha256.update(Files.readAllBytes(file));
    }
    sha256.update((version + time).getBytes(StandardCharsets.UTF_8));
    return Digest.of(sha256).toString();
  }

  private static List<Path> ownClasses() throws IOException {
    var source = ImageInputs.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    try (var files = Files.walk(Path.of(source))) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
