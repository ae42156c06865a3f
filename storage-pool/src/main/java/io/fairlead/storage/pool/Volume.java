package io.fairlead.storage.pool;

import io.fairlead.storage.driver.VolumeFacts;

/** A volume as it was when it was looked up, and its pool. */
public record Volume(Pool pool, VolumeFacts facts) {}
