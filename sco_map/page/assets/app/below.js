// Made from web/ by make web; sources 2dde11fffc05fd2c5f6e40b2a5779ceb5f9271b26293dedb100ea1724bf3b732
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
