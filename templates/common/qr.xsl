<?xml version="1.0" encoding="UTF-8"?>
<!-- QR-код (requisite 31): at the lower right of the first sheet, inside the margins, in room that
     the text of that sheet leaves free; drawn as paths. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:px="urn:prikaz:fo"
                xmlns:p="urn:prikaz:1" xmlns:f="urn:prikaz:functions"
                xmlns:str="http://exslt.org/strings"
                extension-element-prefixes="str" exclude-result-prefixes="p f">

  <!-- The content with {number}, {date}, {kind} filled in; empty when there is none, or when
       what it names is not known yet. -->
  <xsl:variable name="qr-pattern" select="f:either($source/p:qr/@content, string($set/p:qr/@content))"/>
  <xsl:variable name="qr-lacks" select="(contains($qr-pattern, '{number}') and not($order/@number != ''))
                                        or (contains($qr-pattern, '{date}') and not($order/@date != ''))
                                        or (contains($qr-pattern, '{kind}') and not($order))"/>
  <xsl:variable name="qr-content">
    <xsl:if test="not($qr-lacks) and not($order/@draft = 'yes')">
      <xsl:value-of select="str:replace(str:replace(str:replace($qr-pattern,
        '{number}', string($order/@number)), '{date}', string($order/@date)),
        '{kind}', string($order/@kind))"/>
    </xsl:if>
  </xsl:variable>
  <xsl:variable name="has-qr" select="$qr-content != '' and function-available('px:qr')"/>

  <xsl:variable name="qr-size" select="f:mm($set/p:qr/@size)"/>
  <!-- What the code takes away from the first sheet's text, in millimetres. -->
  <xsl:variable name="qr-room" select="$qr-size + f:mm($set/p:qr/@gap)"/>

  <!-- `group`: the settings of the sheet; `width`, `height` of it in millimetres. -->
  <xsl:template name="qr">
    <xsl:param name="group"/>
    <xsl:param name="width"/>
    <xsl:param name="height"/>
    <xsl:variable name="code" select="px:qr($qr-content, string($set/p:qr/@level))"/>
    <xsl:if test="not($code)">
      <xsl:call-template name="say"><xsl:with-param name="message" select="'qr-long'"/></xsl:call-template>
    </xsl:if>
    <fo:block-container role="Div" absolute-position="fixed" width="{$qr-size}mm" height="{$qr-size}mm"
                        left="{$width - f:mm(f:setting($group, 'margin-right')) - $qr-size}mm"
                        top="{$height - f:mm(f:setting($group, 'margin-bottom')) - $qr-size}mm"
                        px:report="qr">
      <fo:block line-height="0pt" font-size="0.01pt" text-indent="0pt" text-align="left">
        <xsl:for-each select="p:qr"><xsl:call-template name="at"/></xsl:for-each>
        <fo:instream-foreign-object role="Figure" content-width="{$qr-size}mm"
                                    content-height="{$qr-size}mm" vertical-align="top"
                                    px:alt="{f:fill('qr', $qr-content, '')}">
          <xsl:copy-of select="$code"/>
        </fo:instream-foreign-object>
      </fo:block>
    </fo:block-container>
  </xsl:template>
</xsl:stylesheet>
