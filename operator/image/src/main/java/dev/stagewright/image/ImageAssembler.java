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

/**
 * Makes the image, and says how large it became. Does nothing if the inputs are those of the image
 * that is there.
 */
public final class ImageAssembler {
  private final ImageInputs inputs;
  private final RuntimeTree tree;
  private final Path layoutFolder;
  private final Path layoutTar;
  private final Path stamp;

  private ImageAssembler(ImageInputs inputs) {
    this.inputs = inputs;
    this.tree = new RuntimeTree(inputs.target().resolve("image-root"));
    this.layoutFolder = inputs.target().resolve("image");
    this.layoutTar = inputs.target().resolve("stagewright-image.tar");
    this.stamp = inputs.target().resolve("image.inputs");
  }

  /**
   * @param args the build's folder, the name of the jar in it, the version, and the time of all
   *     files as ISO 8601
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    new ImageAssembler(ImageInputs.parse(List.of(args))).run();
  }

  private void run() throws IOException, InterruptedException {
    var digest = inputs.digest();
    if (Files.exists(stamp) && Files.readString(stamp).equals(digest)) {
      System.out.println("image: unchanged, " + layoutFolder);
      return;
    }
    for (var old : List.of(tree.root(), layoutFolder, layoutTar, stamp)) {
      FolderOperations.delete(old);
    }
    new RuntimeFiles(tree, inputs).lay();
    new Entrypoints(tree, inputs).write();
    var layers = write();
    Files.writeString(stamp, digest, StandardOpenOption.CREATE_NEW);
    SizeTable.of(tree, layers).print(System.out);
  }

  private Map<String, LayerBlob> write() throws IOException {
    var layout = ImageLayout.create(layoutFolder);
    var layer = new TreeLayer(tree, inputs.time().getEpochSecond());
    var layers = new LinkedHashMap<String, LayerBlob>();
    // What changes with every build comes last, so that nodes keep the rest.
    layers.put("Java and C library", layer.write(layout.blobsFolder(), tree.steadyParts()));
    layers.put("jars and caches", layer.write(layout.blobsFolder(), tree.changingParts()));
    var documents = new ImageDocuments(inputs.version(), inputs.time(), layers);
    documents.write(layout);
    try (var out = new BufferedOutputStream(Files.newOutputStream(layoutTar))) {
      layout.writeTar(out, new TreeMap<>(Map.of("manifest.json", documents.dockerManifest())));
    }
    return layers;
  }
}
