package dev.stagewright.stage.details;

import dev.stagewright.layers.Compression;
import dev.stagewright.layers.LayerBlob;
import dev.stagewright.layers.LayerWriter;
import dev.stagewright.layers.Whiteouts;
import dev.stagewright.layers.tar.RawName;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.layers.tar.TarReader;
import dev.stagewright.layers.tar.TarWriter;
import dev.stagewright.stage.path.RootedPath;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;

/**
 * Adds the details of a layer to it, so that a container runtime that unpacks it gets exactly the
 * files of the stage: times with nanoseconds, all extended attributes, and the times of directories
 * that were only touched.
 *
 * <p>Not everything can be expressed so: a socket, a link to a file of another layer, a touched
 * file, whose content the layer lacks, and owners and devices that do not exist in the user
 * namespace of a Pod.
 */
public final class ExactLayer {
  /** The largest user or group ID in the user namespace of a Pod. */
  private static final int LARGEST_ID = 65_535;

  private static final Set<TarEntry.Type> DEVICES =
      Set.of(TarEntry.Type.CHARACTER_DEVICE, TarEntry.Type.BLOCK_DEVICE);

  private final TreeMap<String, FileDetails> touched = new TreeMap<>();
  private final Set<String> written = new HashSet<>();

  private ExactLayer() {}

  /** A layer cannot be written with all of its details. */
  public static final class InexactException extends IOException {
    private static final long serialVersionUID = 1;

    InexactException(String path, String reason) {
      super(RawName.text(path) + " " + reason);
    }
  }

  /**
   * Writes the exact layer.
   *
   * @param layer uncompressed layer, which is read to its end
   * @param details verified details of the layer
   * @param folder directory of the new blob
   * @throws InexactException if a container runtime could not unpack some of the files exactly
   */
  public static LayerBlob write(
      InputStream layer, Path details, Path folder, Compression compression) throws IOException {
    try (var writer = LayerWriter.create(folder, compression)) {
      var exact = new ExactLayer();
      exact.copy(new TarReader(layer), details, writer.tar());
      layer.transferTo(OutputStream.nullOutputStream());
      return writer.finish();
    }
  }

  private void copy(TarReader layer, Path details, TarWriter tar) throws IOException {
    try (var reader = DetailsReader.open(details, new Additions())) {
      for (var next = layer.next(); next.isPresent(); next = layer.next()) {
        var entry = next.get();
        if (Whiteouts.parse(entry.name()).isPresent()) {
          tar.put(entry, layer.content());
        } else {
          tar.put(exact(entry, reader.entry()), layer.content());
          written.add(entry.name());
        }
      }
      reader.finish();
    }
    for (var directory : touched.entrySet()) {
      // No archive can set the time of the root; the stage does.
      if (!directory.getKey().isEmpty() && !written.contains(directory.getKey())) {
        tar.put(entry(directory.getKey(), directory.getValue()));
        written.add(directory.getKey());
      }
    }
  }

  private static TarEntry exact(TarEntry entry, FileDetails details) throws InexactException {
    if (DEVICES.contains(entry.type())) {
      throw new InexactException(entry.name(), "is a device");
    }
    if (entry.uid() > LARGEST_ID || entry.gid() > LARGEST_ID) {
      throw new InexactException(entry.name(), "has an owner above " + LARGEST_ID);
    }
    return entry
        .withMtime(details.mtimeSeconds(), details.mtimeNanos())
        .withXattrs(details.attributes());
  }

  private TarEntry entry(String path, FileDetails details) throws IOException {
    var parent = RootedPath.parent(path);
    if (!parent.isEmpty() && !written.contains(parent)) {
      throw new InexactException(path, "was touched in a directory that is not in the layer");
    }
    return exact(
        TarEntry.directory(path).withMode(details.mode()).withOwner(details.uid(), details.gid()),
        details);
  }

  /** What the layer does not contain. */
  private final class Additions implements DetailsReader.Visitor {
    @Override
    public void touched(String path, FileDetails file) throws IOException {
      if (!file.directory()) {
        throw new InexactException(path, "was touched");
      }
      touched.put(path, file);
    }

    @Override
    public void socket(String path, FileDetails socket) throws IOException {
      throw new InexactException(path, "is a socket");
    }

    @Override
    public void link(String path, String existing) throws IOException {
      throw new InexactException(path, "is a link to a file of another layer");
    }
  }
}
