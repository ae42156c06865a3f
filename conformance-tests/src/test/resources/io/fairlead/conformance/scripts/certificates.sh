#!/bin/sh
# Makes, in directory $1, an authority, a server certificate for localhost, and directories of clients' certificates:
# good (listed), stranger (same authority, other name), foreign (another authority), bare (none).
set -eu
cd "$1"

authority() { # name
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/O=Example/CN=$1" -keyout "$1-key.pem" -out "$1.pem" \
        -addext basicConstraints=critical,CA:true -addext keyUsage=critical,keyCertSign,cRLSign
}

certificate() { # authority, subject, output, key output, extensions
    openssl req -newkey rsa:2048 -nodes -subj "$2" -keyout "$4" -out request.pem
    printf '%s\n' "$5" > extensions
    openssl x509 -req -days 2 -in request.pem -CA "$1.pem" -CAkey "$1-key.pem" -CAcreateserial -out "$3" -extfile extensions
}

authority ca
authority other
cp ca.pem cacert.pem
certificate ca /O=Example/CN=localhost servercert.pem serverkey.pem 'subjectAltName=DNS:localhost,IP:127.0.0.1
extendedKeyUsage=serverAuth'
for who in good stranger foreign bare; do
    mkdir -p "$who"
    cp ca.pem "$who/cacert.pem"
done
certificate ca /O=Example/CN=client good/clientcert.pem good/clientkey.pem extendedKeyUsage=clientAuth
certificate ca /O=Example/CN=stranger stranger/clientcert.pem stranger/clientkey.pem extendedKeyUsage=clientAuth
certificate other /O=Example/CN=client foreign/clientcert.pem foreign/clientkey.pem extendedKeyUsage=clientAuth
