package io.fairlead.libvirt.domain;

import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.kit.error.ErrorDomain;
import io.fairlead.libvirt.procedure.Documents;
import io.fairlead.libvirt.procedure.Flags;
import io.fairlead.rpc.protocol.DomainDefinitionCalls.ConnectDomainXmlFromNativeArgs;
import io.fairlead.rpc.protocol.DomainDefinitionCalls.ConnectDomainXmlFromNativeRet;
import io.fairlead.rpc.protocol.DomainDefinitionCalls.ConnectDomainXmlToNativeArgs;
import io.fairlead.rpc.protocol.DomainDefinitionCalls.ConnectDomainXmlToNativeRet;
import io.fairlead.xml.domain.normal.DomainDefaults;
import io.fairlead.xml.nativeconfig.LxcExport;
import io.fairlead.xml.nativeconfig.LxcImport;

/** Converts definitions to and from the configuration files of the lxc tools. */
final class NativeConfig {
    private static final String FORMAT = "lxc-tools";

    private NativeConfig() {}

    static ConnectDomainXmlFromNativeRet toXml(ConnectDomainXmlFromNativeArgs args) {
        Flags.none("virConnectDomainXMLFromNative", args.flags());
        requireKnown(args.nativeFormat());
        return new ConnectDomainXmlFromNativeRet(
                Documents.read(ErrorDomain.LXC, () -> LxcImport.text(args.nativeConfig(), DomainDefaults.host())));
    }

    static ConnectDomainXmlToNativeRet fromXml(ConnectDomainXmlToNativeArgs args) {
        Flags.none("virConnectDomainXMLToNative", args.flags());
        requireKnown(args.nativeFormat());
        return new ConnectDomainXmlToNativeRet(LxcExport.convert(DomainXml.parse(args.domainXml(), false)));
    }

    private static void requireKnown(String format) {
        if (!format.equals(FORMAT)) {
            throw new EngineException(ErrorCode.INVALID_ARG, "unsupported config type %s".formatted(format));
        }
    }
}
