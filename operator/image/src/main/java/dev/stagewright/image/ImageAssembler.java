package dev.stagewright.image;

import dev.stagewright.layers.LayerBlob;
import dev.stagewright.layers.layout.ImageLayout;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Assembles the image, and prints its size. Does nothing if the inputs have not changed. */
public final class ImageAssembler {
  private final ImageInputs inputs;
  private final RuntimeTree tree;
  private final Path layoutDirectory;
  private final Path layoutTar;
  private final Path stamp;

  private ImageAssembler(ImageInputs inputs) {
    this.inputs = inputs;
    this.tree = new RuntimeTree(inputs.target().resolve("image-root"));
    this.layoutDirectory = inputs.target().resolve("image");
    this.layoutTar = inputs.target().resolve("stagewright-image.tar");
    this.stamp = inputs.target().resolve("image.inputs");
  }

  /**
   * @param args the build directory, the name of the jar in it, the version, and the time of all
   *     files in ISO 8601
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    new ImageAssembler(ImageInputs.parse(List.of(args))).run();
  }

  private void run() throws IOException, InterruptedException {
    var digest = inputs.digest();
    if (Files.exists(stamp) && Files.readString(stamp).equals(digest)) {
      System.out.println("image: unchanged, " + layoutDirectory);
      return;
    }
    for (var old : List.of(tree.root(), layoutDirectory, layoutTar, stamp)) {
      DirectoryOperations.delete(old);
    }
    new RuntimeFiles(tree, inputs).write();
    new Entrypoints(tree, inputs).write();
    var layers = write();
    Files.writeString(stamp, digest, StandardOpenOption.CREATE_NEW);
    SizeTable.of(tree, layers).print(System.out);
  }

  private Map<String, LayerBlob> write() throws IOException {
    var layout = ImageLayout.create(layoutDirectory);
    var layer = new TreeLayer(tree, inputs.time().getEpochSecond());
    var layers = new LinkedHashMap<String, LayerBlob>();
    // The layer that changes with every build comes last, so that nodes keep the other one.
    layers.put("Java and C library", layer.write(layout.blobsDirectory(), tree.stableParts()));
    layers.put("jars and caches", layer.write(layout.blobsDirectory(), tree.changingParts()));
    var documents = new ImageDocuments(inputs.version(), inputs.time(), layers);
    documents.write(layout);
    try (var out = new BufferedOutputStream(Files.newOutputStream(layoutTar))) {
      layout.writeTar(out, new TreeMap<>(Map.of("manifest.json", documents.dockerManifest())));
    }
    return layers;
  }
}
