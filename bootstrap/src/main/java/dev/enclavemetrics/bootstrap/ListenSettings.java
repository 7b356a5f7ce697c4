package dev.enclavemetrics.bootstrap;

import dev.enclavemetrics.bootstrap.SettingReader.Given;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;

/** Reads the address and port to listen on. */
public final class ListenSettings {

    private static final int MAX_PORT = 65_535;
    private static final String ALL_ADDRESSES = "all";

    private ListenSettings() {}

    /**
     * The address and port, or a default with a problem noted.
     *
     * @param bind the setting of an IP address, or all
     * @param port the setting of a port
     */
    public static <S extends Enum<S> & Setting> InetSocketAddress read(
            SettingReader<S> settings, S bind, S port, int defaultPort) {
        return at(settings, bind, settings.number(port, 1, MAX_PORT, defaultPort));
    }

    /** The address at a port, or all with a problem noted. */
    public static <S extends Enum<S> & Setting> InetSocketAddress at(
            SettingReader<S> settings, S bind, int port) {
        Given given = settings.get(bind);
        if (given == null || given.text().equals(ALL_ADDRESSES)) {
            return new InetSocketAddress(port);
        }
        // Literals only: a name would be looked up, and may stand for several addresses.
        var address = NetUtil.createInetAddressFromIpAddressString(given.text());
        if (address == null) {
            settings.refuse(bind, given, "must be an IP address such as 127.0.0.1, or all");
        }
        return new InetSocketAddress(address, port); // null means any; a problem was noted
    }
}
