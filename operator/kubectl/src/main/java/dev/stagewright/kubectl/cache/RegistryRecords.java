package dev.stagewright.kubectl.cache;

import dev.stagewright.cache.prune.RecordRepository;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.registry.RegistryClient;
import dev.stagewright.registry.pull.FetchedManifest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The repository of a cache in a registry.
 *
 * @param client client with the accounts of the user
 * @param name name of the repository
 */
public record RegistryRecords(RegistryClient client, ImageReference name)
    implements RecordRepository {
  @Override
  public List<String> tags() throws IOException {
    return client.tags(name);
  }

  @Override
  public Optional<byte[]> manifest(String tag) throws IOException {
    return client.manifest(name.tagged(tag)).map(FetchedManifest::bytes);
  }

  @Override
  public boolean delete(Digest manifest) throws IOException {
    return client.delete(name.pinned(manifest));
  }
}
