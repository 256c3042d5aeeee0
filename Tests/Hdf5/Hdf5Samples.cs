using System.IO.Compression;

namespace GpuKeras.Tests.Hdf5;

/// <summary>Small files of the HDF5 library that our writer cannot make: printed by <c>hdf5_reference.py samples</c>, packed by zlib.</summary>
internal static class Hdf5Samples
{
    /// <summary>A dataset 'd' of [40, 30] floats in chunks of [16, 16], shuffled, packed and with checksums.</summary>
    public static byte[] Chunked => Unpack("""
        eNrr9HBx4+WS4mIAAQ4OBhYGAQZk8B8Ktgmg8mHyCVCaEUp3QOkVTDBxRrCcBFRcEGo+urqQIFdXkOr/aABmjwELhOZgGAUjEXi4OgaA6AgoH5ZKTzChqktBS48eFNrL
        yMAGMYsRxteA0EwQAQ2oOjkojc5nBqZ8kEpBBXkGSBJWYBDnYBCvh8qzAlM0SJ6JGWIDN0MAmMHIDJFnAsszMhRnlKal5aRCzQC5AyKekpqWk1iCEGeGhgxQbUlyRmqR
        sREs30ByIDMTcwUrIghBGKpVgajwCPbzd2EE2w7VxTyaNskBoPIOlLbQyzsdAvo28ENoTTRxATT+Hag6HRzyMMAqgGqeAA71hlABAwb8qSVKANVeBRzmdaEJGKCpYxlN
        IqNgFIyCUTAKRsEoGAVgUBGXnCDBqixlYmBhomPxocHR4eABRYWFCUc+vpU9cECQy01KniHty4TCG65yy6FqJU1KfGZsTDjaJsvuF7Pj44OjJx5bL2qYeJydYXL4tcRS
        SZ4V9DS04d2fRrZvfAkPOFhLnvMDm30uHR6Wea5M93EYzPr3JzOvTCADiGKYaZlt+MG6uwYAGei2JQ==
        """);

    /// <summary>A dataset 'd' packed by a filter that is not read.</summary>
    public static byte[] Lzf => Unpack("""
        eNrr9HBx4+WS4mIAAQ4OBhYGAQZk8B8KdvGi8mHyCVCaEUp3QOkVTDBxRrCcBFRcEGo+urqQIFdXkOr/aABmjwELhOZgGAUjEXi4OgaA6AgoH5ZKTzChqktBS48eFNrL
        yMAGMYsRxoekZEZGRhT7YDQzUB4kI6ggzwBJsgoM4hwM4vVQeVZgCgbJMzFDTORm0AAzGGEOrgXJMzPkVKWBuSAzWIFyJxhg6R9iPzMTUwUrRMgIqgwKImgaD8F+/i6g
        HA3LhwrMo2mTHAAq7xgZmDDKO04c6ldAy1+YvBGa/EZeVD5MnmU0qEfBKBgFo2AUjIIhC4BNwAe7QSScAQBNF0fN
        """);

    /// <summary>A dataset 'd', a soft link 'soft' and an external link 'external'.</summary>
    public static byte[] Links => Unpack("""
        eNrr9HBx4+WS4mIAAQ4OBhYGAQZk8B8KWNhQ+TD5BCjNCKU7oPQKJpg4G1hOAiouADW/hhVVfUiQqytI9X80ALPHgAWmfxSMRODh6hgAoiOgfAUofYIJVV0KlC7OTysB
        0fopqOnTgkR7GRlYIXoZYXwOFPOYgSkbxBZUkGdggbpMnINBvB4qzwpUD5JnYmICa+GA5gRmxgpoDmBBs3HGoI6HYD9/F0YGJmgoAH3LjF+9AFo5AosuiRGfohvsmeCh
        gL3U44KmHRhgg4YmIwNjCnK4w8U5GFlA6Z4JmurZoLmEkcOBI7WiJLUoLzGHl4EhvyQjtUgvw5RBvwKiHwD2xVLa
        """);

    /// <summary>The same in the new form of the format.</summary>
    public static byte[] NewLinks => Unpack("""
        eNrr9HBx4+WS4mLm4GCAgf9QcJkRwjeAijtFNi7393AJYlJYsIY5GxlXMAkha4QBLiYGoBFsPAxAijHlMNQYMJ+DkaU4P62EiUE/hU0axHfgSK0oSS3KS8zhZWDIL8lI
        LdLLMGXQr2BgkGTADbTkS3PATgJawMjCwMAEFGMWYWAUVJBnYAGrUGAQ52AQrweyWIGuYebiALqUhfE81GssMIMOMAx58N8mNJKBocEeAPgGOHc=
        """);

    /// <summary>A dataset 'd' whose data is in another file.</summary>
    public static byte[] External => Unpack("""
        eNrr9HBx4+WS4mIAAQ4OBhYGAQZk8B8KNrCi8mHyCVCaEUp3QOkVTDBxRrCcBFRcEGo+urqQIFdXkOr/aABmTwYLhOZgGAUjEXi4OgaA6AgoH5ZKTzChqktBS48eFNrL
        yMAGMYsRxoekZEZGiAA0WcJpZqA8SEZQQR4qpsAgzsEgXg+VZwWmYJA8ExMT2AB2Bg0wnxGaVwxwpHOYfzmg9jMzwnKIAJrKCLrEgwRaOAewoKrTTy1J1s/ILy7JS8xN
        BfKD/fxdQP6D+UuBeTRNkwMA29c8Yg==
        """);

    /// <summary>A dataset 'd' whose data is in other datasets.</summary>
    public static byte[] Virtual => Unpack("""
        eNrr9HBx4+WS4mLm4GCAgf9QcF8QwjeAijtPE7Px93AJYlJYsIY5GxlXMAkha4QBLiYGRgYGNh4GIMWYchhmvgcD1cCbkvoNYCcpojuJgZFRhIGBiZGRkQWqFkYzizAw
        CirIQ/kKDOIcDOL1QBYr0LXMXBx8QJXM9xkhasHUFoYhCU7Nmcvo7uzvA/aDAJJ/kKMAJpBfkpFapJdhylDBwIwkDAJMSHwBKBvGB6lNadTNgKmdwc8wCkbBKBgFo2AU
        jIJRMApGwSgYBaNgFIwCOgMA1Qo9SA==
        """);

    /// <summary>Datasets of types that are listed only, an enumeration, and a type with a name.</summary>
    public static byte[] Types => Unpack("""
        eNrr9HBx4+WS4mIAAQ4OBhYGAQZk8B8KdDhR+TD5BCjNCKU7oPQKJpg4I1hOAiouCDUfXV1IkKsrSPV/NACzx4AFSjOMgpEIPFwdA0B0BJRvAaVPMKGqS87PLcgvzUuB
        8XPy89JBdGpeaS6IzkvMTQVJlhanFiOnWwUc9jIysELUMML4kJTMyAgRYIaqQ9AVYKViQHdxAOlEIv0nqCDPwAJ1iTgHg3g9kJUElWMhoFeAgwGulxVoK8h+JiYmsAM5
        oO5lZqxghaiWQNOtQVI8BPv5uzCCbYGGGzN+9bBwvcCGXx3MVRNY8auDufYFO351sHJCgmNopXPS05sEWKkggz+0ZA1gcOBncPhvD5HHnR4WsGEvUTuGdDlBKPxgxQUT
        PPwMIPUTEyQPIeclWN5NQqrjYPpwh+sDaMpET3gFAxQeEDeDamEmpPwISjesOModiD42tHDkQKnnmYGpjRnsf9SciDtcNDixlWY80BzNCBTnAMKi1DQwXxwagowY5UfB
        AKWsBnsA4uZKCA==
        """);

    /// <summary>The new form: dense links and attributes, and three kinds of chunk indexes.</summary>
    public static byte[] New => Unpack("""
        eNrtWntsFEUY//ZxcL2+7vq6tlS4IoUCCdzRB1cV9Y62HMijtkDQECltQRq0FGzNqYCcBqFCtSIgIj5QUSAECiJKCnKUWmsJghGR8FdLpAE1WsUAogFnZmd6O9vWXAhq
        oftL7r75vp3f7M63881rp8qTnRtuSjRJRiMwXKfYkqnodmr/c+YD+6d4svNF2zs7pPnqn1eMUhMZTCIIAH3CAAmh5AgthuqPFhqobsa6YW6pd07JtynUFoltctGCinkh
        QyjPAp2xtbrua/JIqEAhBkAUBCFVUw0pBgSLbQDIxGoDqxGsz6KUAT2dJIWGgYBY+IlIDmMsgCyigiRZtsmy2XRcoOW9CT0b1Qvac3NcnmwQImyyWTZpr7N6XKIygsoY
        KoeLiqy8nFfifaS40Llwpc9VX+WbfSYZop6UxuS4xrtBYO6wimr245Ja81Etmvyv5a4dkPi301uw42HZhb26dWFRYbuzwV97OAQi8sU6xdM1vtZXoiUUCLF3izuxqWXR
        3EJna5O/ttUMprPil9jWXl5UuDWrwW8/FgLhk8XNOa5s1Qsh4cC5eo+s1ho57Qyn/cxpokGtxXHaME67l9PyDeqGxSoON1E76ZxVjD1RgxxYjppmcosNIoeKl7DtyrkG
        f0tLk9/WFgaR00UrtpmRszegZry5PgRC94jziReRB2u/qvK11rvAsk6qwTZvS4P/RO3bPt83CRA1QnkDTlRW7QWz9PyqaIhaJ/6FbfPQfe2fV/lcbWawbBQvk3xtDf6a
        cvQCV6B8D0okdOzlJctEkDNgUTf9pdIzKr2msb9SuY1UxkbhjigqWdHepxLcN6OP2P7doZdvoAuHGf9et9XWeG13Lu62wGiiDQgesirydPzVt3ILCnKgmXpB8AqwkvQ8
        Q8IsT3SUMW7slIkkDMx8V0f7KKiw83qH3aFISWsfpUhZa09TpEFrT6fDltaeoci+WjsdWY1a+2hFhmjtTkWatPYsRYYCX48Kh1LhsE52B+f7ExGgQ4cOHTp06NChQ4cO
        HTp03DLokVsa2W6AF+iOQOtgRV6g8lcq/6BSoJvcd+0z1JENDz/dDBImCfARqWL0jOQeWVH3VE82mPBWRjyylKSmpLI9DLaLsXzn+Yu3wRvtlc249wawXnO95r1ouMr3
        5JFtapHtoaufZRLdUGejUqeNdIqwIO8oq5hK0TYkt6Qz2/5VU4aTccWA84WScSVqALsHu8v4CyPuyy3AXw7Y8wnAy8D98sCL7sGuvEq/LyQCL6+uObfNPXViLhiGtlpk
        KEemcDi28nA4FJPkY0XnLRBLkpvKhmXCa4C/dg32HMuCLSS5IvLQLBhPMrxu3uuF6ST5e8JLT8ESkhxZbV8KI0myMKFkLQwkyZTTR/fCiyQZ3uz+Hu4hyeLVbW363O6/
        BokEY3eR4KVNi32Q6vhEJN9wJMh8JKTiSGBHLuCzH3c1k0gw4kiwkEhIGqiNhKJta1YrkeANKhJSO668Syeo/YCX0aXGUyQSjPADzpmOXQBQl2ONgedUhl+seXfCUggY
        Nk24ngF7VIYdpZVjoD8O9wzFENFYMQ4KVIa0pw1TYYKKsn7A2mmQqLrLueYrSyBOleO9g8sOwD5Vjk9XHW+CNlWOLxKG/wSTVTk+rtl2fc6HJ0v1Fn4LD1P6IwX9SKoT
        UWwhxuQ/n4gyWugJKFGWTGwBC7tvwQb8yQc5aE3aVI+Wpmgtvh7JxUh6kKxFsukwwFk319ixzwYhnyGnsU/8Bs0AENypMqOV+FASRFE24NGkJNUdT0t6o0f7rHVm48GA
        zxQ/kYHAFJvaNSPFzutsyMnQ2NmML8fe9dA0zd710DVHY2flVNq7nIPCco2d8dZ1cwikfbstUe/sdejQoUOHjs5gcyc2X8JzKAzTWEU2udBcAc8Z0K8Jz7HQbzFK56E5
        1lU896K8+12KjEO8GNWJ1g0or1elT6znluSebHfHgViCI0dP2SSQIAbPv2bbIUEQyGrd3DHek/Uy+TX2CcwDAhxHUByR44wKiiNxnLSgODLHSQ+KY+A4GUFx+nCczKA4
        fTnO6KA4Ro7jDIoTwnGyguKYCEdm77T7hiCpSKE8yREUKUzvBP6/LTkc/+yYPIbjWtJvAohl9osGFttimaMxLqCM2mUNKGkb4gNKenVCQMlYkRhQMn39AsroZ5ICirPy
        joCSlTSIKVKZw75LrTncKfrruun4G3FFZPw=
        """);

    private static byte[] Unpack(string packed)
    {
        using var stream = new ZLibStream(new MemoryStream(Convert.FromBase64String(packed)), CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        stream.CopyTo(unpacked);
        return unpacked.ToArray();
    }
}
